"""
The words of unit cells: what names end with, what groups are made of, levels, well-known stems.

All of them are looked for in folded text (see :mod:`.tokens`): simplified, half-width.
"""

from __future__ import annotations

import re

__all__ = [
    "LEVELS",
    "ends_as_name",
    "is_bare",
    "is_group_name",
    "is_party_organ",
    "is_place_kind",
    "is_plural",
    "is_post",
    "level_of",
    "lost_first",
    "opener_of",
    "organs_beside",
]

LEVELS = "国省市县区州旗盟镇乡"
"""
The characters that begin a name with its level of government: 区财政局.
"""

_ENDING = re.compile(
    r"(?:[局委办部厅署院处所站队科室股组司行园团府党镇村乡市场街道联协馆台厂矿库庭县区州旗盟省社苑寺报网城校会门居]"
    r"|集团|中心|大学|中学|小学|高中|初中|[一二三四五六七八九十]中|基地|单位|企业|专班|窗口|人大|政协|机关"
    r"|海关|机构|系统|各地|烟草|税务|消防|移动|联通|电信|铁塔|邮政|国网|供电|公积金|团体|[城交水]投|农商"
    r"|支部|高速|超市|电厂|水库|灌区|港口|各方|书店|剧团|市场监管|村民小组|档案馆|法人|班子|组织)$"
)
_NOT_ENDING = re.compile(
    r"(?:城乡|农村|乡村|[市现]场|社会|机会|城市|信息网|农业|互联网|基层组|行道|频道|食品药品监督|学校园|广电网)$"
)
_PLACE = (
    r"自治[区州县旗]|直辖市|计划单列市|设区市|直管[市县]|省级?|市级?|县级?|区级?|州|旗|盟|乡|镇|街道|街|村|社区|居|场|林场|农场|牧场|苏木|园区"
    r"|开发区|功能区|管理区|工业园区?|产业园区?|景区|片区|民族乡"
)
_QUALITY = (
    r"(?:[省市县区州局镇乡](?:直|属)|直属|派出|下属|所属|基层|驻[区县市]|行业|属地|涉农|相关|有关|其他|职能|业务|内设"
    r"|工作|组成|垂管|主管|监管|执法|责任|牵头|配合|成员|参建|事业|党政|国有|重点|人民|群团|社会|新闻|科研|医疗|金融)"
)
_BODY = (
    r"部门|单位|科室|处室|股室|[科室处所站]|站所|国?企业?|国企|央企|公司|学校|院校|高校|中小学校?|幼儿园|医院|卫生院"
    r"|机构|团体|组织|群团|机关|委办局|部委|[委办厅局]|党支部|党总支|支部|分局|派出所|[支大中]队|协会|商会|银行|窗口|专班"
    r"|[工专]?作?项?组|院系|学院|事业单位|媒体"
)
_SUFFIX = r"党委|党工委|工委|人民政府|政府|办事处|管委会|管理委员会|村委会|居委会|党组织?|人大|纪委"
_BARE = re.compile(
    rf"{_QUALITY}{{0,3}}(?:(?:{_PLACE})(?:\((?:{_PLACE}|[、,/])+\))?){{0,6}}"
    rf"(?:(?:{_SUFFIX}|{_BODY}|[院校])(?:\((?:{_BODY}|[院校部室、])+\))?)?"
    r"(?:[和及与](?:单位|部门|机构|人员|个人))?"
)
_ONE_ZONE = re.compile(r"[省市县区州](?:开发区|园区|新区|景区|工业园)")  # a place has but one
_PLACES = re.compile(rf"(?:{_PLACE}|[(),、/])+")
_OPENER = re.compile(
    r"[^各()]{0,14}?各级?(?:有关|相关|相應)?|全体|所有|其他(?:有关|相关)?|其余|全部"
    r"|[^()]{0,12}?(?:有关|相关)(?!的)"
)
_PLURAL = re.compile(
    r"(?:沿.{1,2}|涉及|涉.|属地|所在|辖区|试点|重点)(?:乡镇|镇街|街镇|县区|区县|县市|街道|镇|村|社区)"
    r"|.{0,16}?(?:[县市区省州旗盟乡镇局][直级属]{1,2}(?:属)?(?:行政|事业|企事业|国有)?(?:部门|单位|机关|企业|学校|医院)"
    r"|成员单位|新闻媒体(?:单位)?|新闻单位|主管部门|监管部门|职能部门|责任部门|组成部门|直属(?:机构|单位)|帮扶单位|驻村单位|联席会议单位)"
)
_MANY = re.compile(
    r"乡镇|镇街|街镇|乡街|县区|区县|市县|县市|市区|旗县|市州|州市|镇乡|村居|镇村|[()]|站所|科室|部门|单位"
)
_ORGANS = (
    ("党工委", "管委会", "工委", "管理委员会"),
    ("党工委", "工委", "办事处", "人大工委"),
    ("党委", "政府", "人民政府", "人大", "政协", "纪委", "人大主席团"),
    ("党支部", "党总支", "党委", "村委会", "居委会", "村民委员会", "居民委员会"),
    ("人大", "人大常委会", "政府", "人民政府", "政协", "纪委", "监委"),
)
_PARTY = re.compile(
    r"网信办|编办|机构编制委员会办公室|政法委|统战部|组织部|宣传部|政研室|政策研究室|改革办|财经办|老干部局|巡察办"
    r"|督查室|督查考核办|国安办|农办|台办|机要局|保密办|社会工作部|社工部|直属机关工委|文明办"
)
_LEVEL = re.compile(
    r"(?P<place>[^省市县区州旗盟委局办]{2,7}?)??(?P<level>自治[区州县旗]|[省市县区州旗盟镇乡])"
    r"(?!场|民中心|民服务|政(?!府|协|法|务|研)|容|监|级|直|域|块|划|村|内|外(?!办|事|侨))"
)
_STEMS = [
    "自然资源",
    "生态环境",
    "发展改革",
    "发展和改革",
    "住房和城乡",
    "住房城乡",
    "人力资源",
    "卫生健康",
    "市场监督",
    "市场监管",
    "退役军人",
    "应急管理",
    "农业农村",
    "文化和旅游",
    "文化旅游",
    "文化广电",
    "科学技术",
    "工业和信息化",
    "经济和信息化",
    "交通运输",
    "医疗保障",
    "行政审批",
    "政务服务",
    "综合行政执法",
    "教育体育",
    "教育和体育",
    "民族宗教",
    "国有资产",
    "机关事务",
    "地方金融",
    "乡村振兴",
    "公共资源",
    "人民政府",
    "人民法院",
    "人民检察院",
    "住房公积金",
    "精神文明",
    "网络安全",
    "园林绿化",
    "科技经济",
    "气象局",
    "融媒体",
    "供销合作社",
    "残疾人联合会",
    "妇女联合会",
    "商务外事",
    "水利湖泊",
    "林业和草原",
    "投资促进",
    "街道办事处",
    "财政局",
    "审计局",
    "司法局",
    "民政局",
    "统计局",
    "公安局",
    "教育局",
    "商务局",
    "信访局",
]
_LOST = {stem[1:]: stem[0] for stem in _STEMS if len(stem) > 3}  # noqa: PLR2004  # see lost_first
_POST = re.compile(
    r"(?:书记|[局区县市镇乡院校所科组部厅处州站队班团会行]长|主任|负责人|责任人|主席|经理|董事长|同志|专员|领导"
    r"|秘书长|法人|联系人|巡视员|调研员|委员长|先生|女士|科员|干部)$"
)
_LONGEST_ENDING = 6


def ends_as_name(name: str) -> bool:
    """
    Say whether *name* ends as names of bodies do.
    """
    tail = name[-_LONGEST_ENDING:]
    if tail.endswith(")"):
        return True
    return _ENDING.search(tail) is not None and _NOT_ENDING.search(tail) is None


def opener_of(name: str) -> str:
    """
    Give the words that open a group, e.g. ``"区政府各"`` of 区政府各部门; empty if none do.
    """
    found = _OPENER.match(name)
    return found[0] if found else ""


def is_bare(name: str) -> bool:
    """
    Say whether *name* is a kind of place or body without a name of its own: 街道办事处.
    """
    return bool(name) and _BARE.fullmatch(name) is not None and not _ONE_ZONE.match(name)


def is_place_kind(name: str) -> bool:
    """
    Say whether *name* is nothing but kinds of places: 市、区.
    """
    return _PLACES.fullmatch(name) is not None


def is_group_name(name: str) -> bool:
    """
    Say whether *name* stands for bodies that it does not name one by one.
    """
    if opener_of(name) or _PLURAL.fullmatch(name):
        return True
    return is_bare(name) and _MANY.search(name) is not None


def is_plural(name: str) -> bool:
    """
    Say whether *name* is a group that opens with a level: 县直单位.
    """
    return _PLURAL.fullmatch(name) is not None


def is_post(name: str) -> bool:
    """
    Say whether *name* is a person's post and no body.
    """
    return _POST.search(name[-4:]) is not None


def organs_beside(before: str, organ: str) -> str:
    """
    Give the ending of *before* that *organ* stands beside at one place; empty if none does.

    >>> organs_beside("宿马园区党工委", "管委会")
    '党工委'
    """
    endings = [
        each
        for family in _ORGANS
        if organ in family
        for each in family
        if each != organ and before.endswith(each)
    ]
    return max(endings, key=len, default="")


def is_party_organ(name: str) -> bool:
    """
    Say whether *name* is an organ of a Party committee, printed without its committee.
    """
    return _PARTY.fullmatch(name) is not None


def level_of(name: str) -> tuple[str, str, str]:
    """
    Part *name* into its place, its level and the rest; place and level may be empty.

    >>> level_of("合肥市财政局"), level_of("区财政局"), level_of("市场监管局")
    (('合肥', '市', '财政局'), ('', '区', '财政局'), ('', '', '市场监管局'))
    """
    found = _LEVEL.match(name)
    if not found or found.end() == len(name) or found["place"] in ("城", "社", "园"):
        return "", "", name
    return found["place"] or "", found["level"], name[found.end() :]


def lost_first(name: str) -> tuple[int, str] | None:
    """
    Find the character that a well-known stem has lost: where it must stand, and which it is.

    A scraper drops single characters.  Stems of three characters are sure only as a whole.

    >>> lost_first("然资源和规划分局")
    (0, '自')
    """
    for start in {0, len(name) - len(level_of(name)[2])}:
        rest = name[start:]
        for length in range(3, 7):
            lost = _LOST.get(rest[:length])
            if lost is not None and not rest.startswith(lost):
                return start, lost
    return None
