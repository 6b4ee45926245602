"""
Unit cells, read.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rectiflow.reading.load import load
from rectiflow.reading.units import CellRegister, UnitCell, read_units
from rectiflow.reading.units.grammar import parse
from rectiflow.reading.units.script import SIMPLIFIED
from rectiflow.reading.units.tokens import fold
from rectiflow.testing.unit_cells import unit_cells
from rectiflow.units import Role, Unit, UnitRegister

_ROLES = {Role.LEAD: "L:", Role.SUPPORT: "S:", Role.RESPONSIBLE: ""}


def said(cell: UnitCell) -> str:
    """
    Write what a cell says on one line: role, name, * for a group, = second plate.
    """
    return " ".join(
        _ROLES[entry.role]
        + entry.name
        + "*" * entry.is_group
        + (f"={entry.second_plate}" if entry.second_plate else "")
        for entry in cell.entries
    )


def codes(cell: UnitCell) -> list[str]:
    """
    Give the codes of a cell's doubts, in order.
    """
    return [doubt.code.removeprefix("doubt.") for doubt in cell.doubts]


# Cells as the lists of ministries, provinces, counties, towns, parks, schools and companies
# print them, each with a careful reading written down before the reader had seen it.
CELLS = """
牵头单位：市发展改革委；责任单位：市财政局、市税务局、各县（市、区）人民政府 | L:市发展改革委 市财政局 市税务局 各县（市、区）人民政府*
县委宣传部、县融媒体中心 | 县委宣传部 县融媒体中心
市公安局交警支队、市交通运输局 | 市公安局交警支队 市交通运输局
国网阜南县供电公司、县水务集团 | 国网阜南县供电公司 县水务集团
省教育厅牵头，省财政厅、省人力资源社会保障厅配合 | L:省教育厅 S:省财政厅 S:省人力资源社会保障厅
省卫生健康委会同省医保局负责 | L:省卫生健康委 S:省医保局
由市住房和城乡建设局牵头，市城市管理局、各区政府按职责分工负责 | L:市住房和城乡建设局 市城市管理局 各区政府*
市市场监管局（市知识产权局）、市公安局 | 市市场监管局=市知识产权局 市公安局
各镇（街道）、园区 | 各镇（街道）* 各园区*
各镇政府（街道办事处） | 各镇政府* 各街道办事处*
县住建局（牵头）、县自然资源局、县城管局（配合） | L:县住建局 县自然资源局 S:县城管局
教育部、国家发展改革委、财政部按职责分工负责 | 教育部 国家发展改革委 财政部
国务院办公厅牵头，各地区、各部门负责 | L:国务院办公厅 各地区* 各部门*
县委办、县政府办、县纪委监委 | 县委办 县政府办 县纪委监委
县委、县政府 | 县委 县政府
县委办公室、政府办公室、政协办公室 | 县委办公室 县政府办公室 县政协办公室
县委办公室、政府采购中心 | 县委办公室 政府采购中心
市教育局、政府办公室 | 市教育局 政府办公室
县生态环境分局，各乡镇（街道） | 县生态环境分局 各乡镇（街道）*
镇党委、政府 | 镇党委 镇政府
鲁沙尔镇、西堡镇、多巴镇人民政府 | 鲁沙尔镇人民政府 西堡镇人民政府 多巴镇人民政府
英雄街道、胜利街道办事处 | 英雄街道办事处 胜利街道办事处
大庆街道、纬四街道、马城镇、长青乡 | 大庆街道 纬四街道 马城镇 长青乡
县教育局及各中小学校 | 县教育局 各中小学校*
市文化和旅游局和市体育局 | 市文化和旅游局 市体育局
市工业和信息化局、市场监管局、人力资源和社会保障局 | 市工业和信息化局 市场监管局 人力资源和社会保障局
财政部和税务总局负责 | 财政部 税务总局
市住建局和各县区 | 市住建局 各县区*
市发改委、市财政局等部门 | 市发改委 市财政局
市发改委、市财政局等 | 市发改委 市财政局
市发改委等相关部门 | 市发改委 相关部门*
县安委会办公室、县安委会各成员单位 | 县安委会办公室 县安委会各成员单位*
县疫情防控指挥部办公室 | 县疫情防控指挥部办公室
区扫黑除恶专项斗争领导小组办公室、区委政法委 | 区扫黑除恶专项斗争领导小组办公室 区委政法委
责任单位:党政办公室、学生工作处、后勤管理处、各二级学院 | 党政办公室 学生工作处 后勤管理处 各二级学院*
责任科室：医务科、护理部、院感科 | 医务科 护理部 院感科
党委办公室、人力资源部、财务部、各分公司 | 党委办公室 人力资源部 财务部 各分公司*
集团公司党委、纪委 | 集团公司党委 集团公司纪委
整改实施主体：阜阳市人民政府 | 阜阳市人民政府
主办单位：市教育局　协办单位：市公安局、市交警支队 | L:市教育局 S:市公安局 S:市交警支队
市自然资源和规划局、市林业局；各县区人民政府，开发区管委会 | 市自然资源和规划局 市林业局 各县区人民政府* 开发区管委会
高新区、经开区管委会 | 高新区管委会 经开区管委会
各县、区人民政府，市政府各部门、各直属机构 | 各县人民政府* 各区人民政府* 市政府各部门* 市政府各直属机构*
各市、州、直管市、神农架林区人民政府，省政府各部门 | 各市人民政府* 各州人民政府* 各直管市人民政府* 神农架林区人民政府 省政府各部门*
各省、自治区、直辖市人民政府，国务院各部委、各直属机构 | 各省、自治区、直辖市人民政府* 国务院各部委* 国务院各直属机构*
县直各单位，各乡镇人民政府 | 县直各单位* 各乡镇人民政府*
市直有关部门和单位 | 市直有关部门和单位*
区直部门、各镇街 | 区直部门* 各镇街*
各科室、下属各单位 | 各科室* 下属各单位*
各有关单位 | 各有关单位*
相关乡镇、街道 | 相关乡镇* 相关街道*
有关部门、单位 | 有关部门* 有关单位*
全县各级各部门 | 全县各级各部门*
县人民法院、县人民检察院 | 县人民法院 县人民检察院
团县委、县妇联、县总工会、县工商联 | 团县委 县妇联 县总工会 县工商联
人行禹会支行、县金融办 | 人行禹会支行 县金融办
中国移动阜阳分公司、中国电信阜阳分公司 | 中国移动阜阳分公司 中国电信阜阳分公司
县水务局负责，县财政局参与 | 县水务局 S:县财政局
市发改委为牵头单位，市财政局、市审计局为责任单位 | L:市发改委 市财政局 市审计局
牵头：县教体局；配合：县财政局、县人社局 | L:县教体局 S:县财政局 S:县人社局
區政府辦公室、區財政局、各鄉鎮政府、街道辦事處 | 區政府辦公室 區財政局 各鄉鎮政府* 各街道辦事處*
牽頭單位：市發展改革委；配合單位：市財政局、市審計局 | L:市發展改革委 S:市財政局 S:市審計局
区 财 政 局、区民政局 | 区财政局 区民政局
区财政局 区民政局 区司法局 | 区财政局 区民政局 区司法局
牵头单位：区财政局\\n责任单位：区民政局\\n区司法局 | L:区财政局 区民政局 区司法局
1.区财政局\\n2.区民政局 | 区财政局 区民政局
（省发展改革委、省科技厅、省财政厅、各市人民政府按职责分工负责） | 省发展改革委 省科技厅 省财政厅 各市人民政府*
【市委网信办、市公安局】 | 市委网信办 市公安局
市委宣传部、网信办、市公安局 | 市委宣传部 市委网信办 市公安局
市政务服务中心管理办公室、市公共资源交易中心。 | 市政务服务中心管理办公室 市公共资源交易中心
县农业农村局/县水利局 | 县农业农村局 县水利局
会同县人民政府、靖州县人民政府 | 会同县人民政府 靖州县人民政府
和县教育局、县就业指导中心、县督导评估室 | 和县教育局 县就业指导中心 县督导评估室
市残疾人联合会、市红十字会、市科协 | 市残疾人联合会 市红十字会 市科协
省高等学校招生委员会办公室 | 省高等学校招生委员会办公室
宿马园区管委会负责落实 | 宿马园区管委会
市林业局指导，各县区政府负责 | S:市林业局 各县区政府*
市发改委牵头，会同市财政局、市住建局落实 | L:市发改委 S:市财政局 S:市住建局
市财政局、市住建局，市审计局配合 | 市财政局 市住建局 S:市审计局
市农业农村局（市乡村振兴局）、市畜牧兽医局 | 市农业农村局=市乡村振兴局 市畜牧兽医局
经开区党工委、管委会，高新区管委会 | 经开区党工委 经开区管委会 高新区管委会
各街道党工委、办事处 | 各街道党工委* 各街道办事处*
各乡镇党委、政府 | 各乡镇党委* 各乡镇政府*
县财政局、各乡镇以及有关部门 | 县财政局 各乡镇* 有关部门*
县教育、公安、民政局 | 县教育局 县公安局 县民政局
禹会区、蚌山区人民政府 | 禹会区人民政府 蚌山区人民政府
县税务局、消防救援大队、县气象局 | 县税务局 消防救援大队 县气象局
省财政厅牵头，省教育厅、省民政厅等参与 | L:省财政厅 S:省教育厅 S:省民政厅
牵头单位：市城管局，配合单位：市公安局、各区人民政府，完成时限：2020年12月底前 | L:市城管局 S:市公安局 S:各区人民政府*
县住建局，立行立改 | 县住建局
市委组织部牵头，市人力资源社会保障局、市财政局等有关部门按职责分工配合 | L:市委组织部 S:市人力资源社会保障局 S:市财政局 S:有关部门*
中央网信办、工业和信息化部、公安部、市场监管总局等按职责分工负责 | 中央网信办 工业和信息化部 公安部 市场监管总局
市直各部门、各单位，省驻市各单位 | 市直各部门* 市直各单位* 省驻市各单位*
各村（社区）、镇直各单位 | 各村（社区）* 镇直各单位*
县公安局、县交通局、县农机局，县交警大队、运管所 | 县公安局 县交通局 县农机局 县交警大队 运管所
国家税务总局涡阳县税务局、涡阳县公安局 | 国家税务总局涡阳县税务局 涡阳县公安局
市场监管总局牵头、商务部、海关总署协助 | L:市场监管总局 S:商务部 S:海关总署
县卫健委：县人民医院、县中医院 | 县卫健委 县人民医院 县中医院
自然资源局和规划编制中心 | 自然资源局 规划编制中心
市住房保障和房产管理局，市园林和林业局 | 市住房保障和房产管理局 市园林和林业局
县政府和社会资本合作中心 | 县政府和社会资本合作中心
责任单位：县人社局、县财政局、县残联；配合单位：各乡镇人民政府，县经开区管委会 | 县人社局 县财政局 县残联 S:各乡镇人民政府* S:县经开区管委会
牵头部门：市数据资源局，责任部门：市直各有关部门 | L:市数据资源局 市直各有关部门*
蚌埠市公安局禹会分局、禹会区司法局 | 蚌埠市公安局禹会分局 禹会区司法局
省交通运输厅、省公安厅交管局 | 省交通运输厅 省公安厅交管局
市委编办、市人力资源和社会保障局及市财政局 | 市委编办 市人力资源和社会保障局 市财政局
县卫生健康委员会、县医疗保障局、县市场监督管理局、县人民医院 | 县卫生健康委员会 县医疗保障局 县市场监督管理局 县人民医院
县发改委（物价局）、县经信局（商务局） | 县发改委=物价局 县经信局=商务局
区委宣传部（区新闻出版局）、区委统战部（区民宗局） | 区委宣传部=区新闻出版局 区委统战部=区民宗局
各市、县（区）人民政府 | 各市人民政府* 各县（区）人民政府*
各县（市、区）党委、政府 | 各县（市、区）党委* 各县（市、区）政府*
各区县教育局、各直属学校 | 各区县教育局* 各直属学校*
市公安局各分局、支队 | 市公安局各分局* 市公安局各支队*
校长办公室、教务处、各学院（部） | 校长办公室 教务处 各学院（部）*
机关各处室、直属事业单位 | 机关各处室* 机关各直属事业单位*
局机关各科室、局属各单位 | 局机关各科室* 局属各单位*
发展改革委、工业和信息化部、财政部、自然资源部、住房城乡建设部、交通运输部、农业农村部、商务部、人民银行、市场监管总局、银保监会、证监会、国家能源局按职责分工负责 | 发展改革委 工业和信息化部 财政部 自然资源部 住房城乡建设部 交通运输部 农业农村部 商务部 人民银行 市场监管总局 银保监会 证监会 国家能源局
公安部牵头，交通运输部、市场监管总局等部门和单位按职责分工负责，2020年底前完成 | L:公安部 交通运输部 市场监管总局
（司法部牵头，各地区、各部门配合，持续推进） | L:司法部 S:各地区* S:各部门*
（国务院办公厅、司法部牵头，各地区、各有关部门负责） | L:国务院办公厅 L:司法部 各地区* 各有关部门*
市大数据中心牵头负责，市级各部门配合 | L:市大数据中心 S:市级各部门*
由县住建局负责，县财政局、县审计局予以配合 | 县住建局 S:县财政局 S:县审计局
县纪委监委、县委组织部、县委巡察办 | 县纪委监委 县委组织部 县委巡察办
市纪委监委机关、市委办公室、市政府办公室 | 市纪委监委机关 市委办公室 市政府办公室
市委、市政府，市人大常委会、市政协 | 市委 市政府 市人大常委会 市政协
马城镇、长青乡，张公山街道、朝阳街道办事处 | 马城镇 长青乡 张公山街道办事处 朝阳街道办事处
马城镇党委、马城镇人民政府 | 马城镇党委 马城镇人民政府
各村委会、社区居委会 | 各村委会* 各社区居委会*
综治办、派出所、司法所、各村（居） | 综治办 派出所 司法所 各村（居）*
党建办、农业综合服务中心、财政所、退役军人服务站 | 党建办 农业综合服务中心 财政所 退役军人服务站
安全环保部、生产技术部、各车间 | 安全环保部 生产技术部 各车间*
市城投公司、市水务集团有限公司、市公交集团 | 市城投公司 市水务集团有限公司 市公交集团
中国石化安徽石油分公司、中石油安徽销售公司 | 中国石化安徽石油分公司 中石油安徽销售公司
移动公司、联通公司、电信公司 | 移动公司 联通公司 电信公司
县环保督察整改工作领导小组各成员单位 | 县环保督察整改工作领导小组各成员单位*
县大气办、县住建局、县交通运输局、县城管局 | 县大气办 县住建局 县交通运输局 县城管局
县河长制办公室、县水利局，沿河各乡镇 | 县河长制办公室 县水利局 沿河各乡镇*
市“放管服”改革协调小组办公室 | 市“放管服”改革协调小组办公室
市12345热线办、市信访局 | 市12345热线办 市信访局
县总工会；团县委；县妇联； | 县总工会 团县委 县妇联
县财政局,县审计局,县统计局配合 | 县财政局 县审计局 S:县统计局
县财政局牵头县审计局配合 | L:县财政局 S:县审计局
主责单位：区城管局；协同单位：区生态环境局、各街道 | L:区城管局 S:区生态环境局 S:各街道*
牵头责任单位：县乡村振兴局，配合责任单位：县农业农村局、县财政局 | L:县乡村振兴局 S:县农业农村局 S:县财政局
责任单位：各乡镇人民政府、县直有关单位 | 各乡镇人民政府* 县直有关单位*
责任单位为县交通局、县公路局 | 县交通局 县公路局
县城管局（负责）、县住建局（配合）、各街道（配合） | 县城管局 S:县住建局 S:各街道*
县城管局、县住建局（排名第一的为牵头单位） | L:县城管局 县住建局
责任单位(列在首位的为牵头单位):市教育局、市财政局 | L:市教育局 市财政局
县残工委各成员单位、各乡镇残联 | 县残工委各成员单位* 各乡镇残联*
县委农村工作领导小组办公室、县扶贫办 | 县委农村工作领导小组办公室 县扶贫办
省发展和改革委员会、省住房和城乡建设厅 | 省发展和改革委员会 省住房和城乡建设厅
市卫生和计划生育委员会、市食品药品监督管理局 | 市卫生和计划生育委员会 市食品药品监督管理局
市卫健委与市医保局 | 市卫健委 市医保局
市财政局、教育局、民政局 | 市财政局 教育局 民政局
各开发区（园区）管委会、各县市区政府 | 各开发区（园区）管委会* 各县市区政府*
各旗县区人民政府，自治区各委、办、厅、局 | 各旗县区人民政府* 自治区各委* 自治区各办* 自治区各厅* 自治区各局*
自治区党委宣传部、自治区教育厅、自治区人民政府新闻办公室 | 自治区党委宣传部 自治区教育厅 自治区人民政府新闻办公室
市交通运输局　　市公安局 | 市交通运输局 市公安局
市交通运\\n输局、市公安局 | 市交通运输局 市公安局
縣發展改革委、縣財政局及有關部門 | 縣發展改革委 縣財政局 有關部門*
主辦單位：州教育局；協辦單位：州公安局 | L:州教育局 S:州公安局
牵头单位：县文旅体局 配合单位：县财政局 | L:县文旅体局 S:县财政局
县供销社、县烟草专卖局、县盐业公司 | 县供销社 县烟草专卖局 县盐业公司
县档案馆、县党史和地方志研究室 | 县档案馆 县党史和地方志研究室
县招商投资促进中心、县重点工程建设管理中心 | 县招商投资促进中心 县重点工程建设管理中心
安徽省蚌埠第二中学、蚌埠市第一人民医院 | 安徽省蚌埠第二中学 蚌埠市第一人民医院
人民银行蚌埠市中心支行、蚌埠银保监分局 | 人民银行蚌埠市中心支行 蚌埠银保监分局
市中级人民法院、市检察院、市公安局 | 市中级人民法院 市检察院 市公安局
县河务局、黄河河务局、淮河水利委员会 | 县河务局 黄河河务局 淮河水利委员会
各派出所、交警大队、巡特警大队 | 各派出所* 交警大队 巡特警大队
全市各级行政机关 | 全市各级行政机关*
各级人民政府及其部门 | 各级人民政府* 各级人民政府部门*
市属各国有企业、各高校 | 市属各国有企业* 各高校*
县直机关工委、县直各单位 | 县直机关工委 县直各单位*
各保险公司、各银行业金融机构 | 各保险公司* 各银行业金融机构*
县发改局、县教育局、县民政局。 | 县发改局 县教育局 县民政局
责任单位：各镇人民政府、县林业局、国有林场 | 各镇人民政府* 县林业局 国有林场
牵头单位：区城市管理局；配合单位：区住建局，各街道办事处、镇人民政府 | L:区城市管理局 S:区住建局 S:各街道办事处* S:各镇人民政府*
区政府办公室牵头，各镇（街道）、区直各部门具体落实 | L:区政府办公室 各镇（街道）* 区直各部门*
市直各单位、各县区人民政府、市开发区管委会、市高新区管委会 | 市直各单位* 各县区人民政府* 市开发区管委会 市高新区管委会
省政务办牵头，省有关单位按职责分工负责 | L:省政务办 省有关单位*
各设区市人民政府，省直有关部门 | 各设区市人民政府* 省直有关部门*
各市人民政府、省各有关部门 | 各市人民政府* 省各有关部门*
市教育局、市卫健委牵头，各县（市、区）政府落实 | L:市教育局 L:市卫健委 各县（市、区）政府*
牵头领导：张三；牵头单位：市水利局 | L:市水利局
责任单位：县水利局 责任人：李四 | 县水利局
县公安局、县应急局、县消防大队、各乡镇场 | 县公安局 县应急局 县消防大队 各乡镇场*
市场监管局、卫健局、教体局 | 市场监管局 卫健局 教体局
区市场监管局、区卫健局和各街道 | 区市场监管局 区卫健局 各街道*
县自然资源局、水利局、林业局及各乡镇（街道、管理区） | 县自然资源局 水利局 林业局 各乡镇（街道、管理区）*
市财政局牵头，市直各部门参加 | L:市财政局 S:市直各部门*
市委督查室、市政府督查室负责督办 | S:市委督查室 S:市政府督查室
学校党委、校团委、各院系党总支 | 学校党委 校团委 各院系党总支*
医院办公室、质控科、各临床科室 | 医院办公室 质控科 各临床科室*
局办公室、法规科、行政审批科、市政务服务中心窗口 | 局办公室 法规科 行政审批科 市政务服务中心窗口
县医保局牵头，县卫健委、县市场监管局、县公安局、县税务局配合 | L:县医保局 S:县卫健委 S:县市场监管局 S:县公安局 S:县税务局
国家发展改革委、商务部会同有关部门负责 | L:国家发展改革委 L:商务部 S:有关部门*
财政部、税务总局会同发展改革委、科技部等负责 | L:财政部 L:税务总局 S:发展改革委 S:科技部
人力资源社会保障部、教育部、国务院国资委、全国总工会、共青团中央、全国妇联等按职责分工负责 | 人力资源社会保障部 教育部 国务院国资委 全国总工会 共青团中央 全国妇联
中央宣传部（国家电影局）、文化和旅游部 | 中央宣传部=国家电影局 文化和旅游部
各省（区、市）人民政府，国务院有关部门 | 各省（区、市）人民政府* 国务院有关部门*
国务院各部门，各省、自治区、直辖市及计划单列市人民政府 | 国务院各部门* 各省、自治区、直辖市人民政府* 各计划单列市人民政府*
县住房和城乡建设局、县自然资源和规划局、县农业农村局 | 县住房和城乡建设局 县自然资源和规划局 县农业农村局
区教育和体育局及区卫生健康局 | 区教育和体育局 区卫生健康局
县政府办（县外事办）、县司法局 | 县政府办=县外事办 县司法局
市发展改革委（市粮食和储备局）、市商务局（市口岸办） | 市发展改革委=市粮食和储备局 市商务局=市口岸办
临泉县、太和县、界首市人民政府 | 临泉县人民政府 太和县人民政府 界首市人民政府
颍州区、颍东区、颍泉区政府，阜阳经开区管委会 | 颍州区政府 颍东区政府 颍泉区政府 阜阳经开区管委会
城关镇党委、人民政府 | 城关镇党委 城关镇人民政府
各乡镇、街道，县直及驻县各单位 | 各乡镇* 各街道* 县直及驻县各单位*
区直各部门，各街道党工委、办事处 | 区直各部门* 各街道党工委* 各街道办事处*
县委各部门、县直各单位、各人民团体 | 县委各部门* 县直各单位* 各人民团体*
市公安局（牵头），市司法局、市法院、市检察院 | L:市公安局 市司法局 市法院 市检察院
县交通局、县公路分局，2020年7月31日前完成 | 县交通局 县公路分局
县应急管理局，长期坚持 | 县应急管理局
①县财政局②县审计局 | 县财政局 县审计局
县财政局 、县审计局 ， 县统计局 | 县财政局 县审计局 县统计局
牵头单位:县城管局、县住建局,责任单位:各乡镇,街道 | L:县城管局 L:县住建局 各乡镇* 各街道*
县扶贫开发领导小组、县脱贫攻坚指挥部 | 县扶贫开发领导小组 县脱贫攻坚指挥部
市生态环境局太和分局、太和县水利局 | 市生态环境局太和分局 太和县水利局
省地震局、省气象局、省通信管理局、省邮政管理局 | 省地震局 省气象局 省通信管理局 省邮政管理局
上海铁路局合肥站、合肥海关、合肥新桥机场 | 上海铁路局合肥站 合肥海关 合肥新桥机场
徽商银行、农业银行阜阳分行、各商业银行 | 徽商银行 农业银行阜阳分行 各商业银行*
县融媒体中心牵头，县委网信办指导 | L:县融媒体中心 S:县委网信办
各村党支部、村委会 | 各村党支部* 各村委会*
机关党委、工会、各部室 | 机关党委 工会 各部室*
市新冠肺炎疫情防控工作领导小组综合协调组 | 市新冠肺炎疫情防控工作领导小组综合协调组
牵头单位：县卫生健康委。责任单位：县公安局、县市场监管局，各乡镇政府（办事处）。 | L:县卫生健康委 县公安局 县市场监管局 各乡镇政府* 各办事处*
市交通局、公路局、运管处 | 市交通局 公路局 运管处
县委办公室、县政府办公室牵头，县直各部门配合落实 | L:县委办公室 L:县政府办公室 S:县直各部门*
责任单位：县财政局；责任人：王五；完成时限：2021年6月30日 | 县财政局
住房城乡建设部牵头，发展改革委、财政部、自然资源部参加 | L:住房城乡建设部 S:发展改革委 S:财政部 S:自然资源部
教育部会同财政部、人力资源社会保障部等部门负责，地方各级人民政府落实 | L:教育部 S:财政部 S:人力资源社会保障部 地方各级人民政府*
海关总署、交通运输部、市场监管总局，各相关地方人民政府 | 海关总署 交通运输部 市场监管总局 各相关地方人民政府*
市退役军人局、市医保局、市总工会、团市委、市妇联、市残联 | 市退役军人局 市医保局 市总工会 团市委 市妇联 市残联
区法院、区检察院、公安分局、区司法局 | 区法院 区检察院 公安分局 区司法局
A镇人民政府、B镇人民政府 | A镇人民政府 B镇人民政府
城东街道、城西街道、城南街道办事处，工业园区管委会 | 城东街道办事处 城西街道办事处 城南街道办事处 工业园区管委会
市属各学校，各县（区）教育局 | 市属各学校* 各县（区）教育局*
各医疗卫生机构、县疾控中心、县卫生监督所 | 各医疗卫生机构* 县疾控中心 县卫生监督所
县农业农村局牵头、县财政局和各乡镇配合 | L:县农业农村局 S:县财政局 S:各乡镇*
县委组织部、县委老干部局和县人社局 | 县委组织部 县委老干部局 县人社局
公司综合管理部、市场营销部、各项目部 | 公司综合管理部 市场营销部 各项目部*
驻县各单位、各金融机构 | 驻县各单位* 各金融机构*
市自然资源和规划局(市林业局)、市生态环境局,各县(市)区人民政府 | 市自然资源和规划局=市林业局 市生态环境局 各县(市)区人民政府*
县住建局牵头负责，县城管局、各镇街配合 | L:县住建局 S:县城管局 S:各镇街*
区水务局；各街道办事处、镇人民政府 | 区水务局 各街道办事处* 各镇人民政府*
省科技厅（省外国专家局）、省教育厅 | 省科技厅=省外国专家局 省教育厅
省纪委监委驻省教育厅纪检监察组、省教育厅 | 省纪委监委驻省教育厅纪检监察组 省教育厅
市民政局、市民族宗教事务局、市政府金融办、市政管理处 | 市民政局 市民族宗教事务局 市政府金融办 市政管理处
县政府督查室牵头，有关单位配合 | L:县政府督查室 S:有关单位*
县财政局、相关行业主管部门 | 县财政局 相关行业主管部门*
县行业主管部门、各乡镇街道 | 县行业主管部门* 各乡镇街道*
县人大办、县政协办、县人武部 | 县人大办 县政协办 县人武部
张公山街道、朝阳街道、纬四街道 | 张公山街道 朝阳街道 纬四街道
各党（总）支部、各科室 | 各党（总）支部* 各科室*
主管单位：市国资委；协助单位：市审计局 | 市国资委 S:市审计局
整改责任单位：滁州市委、市政府；督导单位：省生态环境厅 | 滁州市委 市政府 S:省生态环境厅
整改主体：淮南市委、市人民政府，凤台县委、县政府 | 淮南市委 市人民政府 凤台县委 县政府
責任單位：澧縣教育局、縣財政局；協辦單位：各鄉鎮（街道） | 澧縣教育局 縣財政局 S:各鄉鎮（街道）*
县水利局、县农业农村局按职责分工负责，县财政局做好资金保障 | 县水利局 县农业农村局 县财政局
各市场主体、市场监管所 | 各市场主体* 市场监管所
县发改委负责，各乡镇、县直各单位配合，2020年9月底前完成 | 县发改委 S:各乡镇* S:县直各单位*
市应急局 市消防支队 市公安局 | 市应急局 市消防支队 市公安局
县委政法委、县法院、县检察院、县公安局、县司法局等政法单位 | 县委政法委 县法院 县检察院 县公安局 县司法局
县电视台、县广播电台及新闻媒体单位 | 县电视台 县广播电台 新闻媒体单位*
经开区、高新区、现代产业园区管委会 | 经开区管委会 高新区管委会 现代产业园区管委会
市卫生健康委、市医保局；县（市、区）人民政府 | 市卫生健康委 市医保局 县（市、区）人民政府*
环境保护督察组、市环委会办公室 | 环境保护督察组 市环委会办公室
牵头单位：省生态环境厅，配合单位：省直有关部门，各市、县（市、区）人民政府 | L:省生态环境厅 S:省直有关部门* S:各市人民政府* S:各县（市、区）人民政府*
市住房公积金管理中心、市不动产登记中心 | 市住房公积金管理中心 市不动产登记中心
县烈士陵园管理处、县双拥办 | 县烈士陵园管理处 县双拥办
责任单位：县法院牵头，县公安局、县司法局配合 | L:县法院 S:县公安局 S:县司法局
西宁市湟中区人民政府、省水利厅 | 西宁市湟中区人民政府 省水利厅
区机关事务管理中心、各机关单位 | 区机关事务管理中心 各机关单位*
县民政局（县社会组织管理局）牵头，各业务主管单位参与 | L:县民政局=县社会组织管理局 S:各业务主管单位*
人社局、医保局、税务局 | 人社局 医保局 税务局
镇人大、镇纪委、各办公室 | 镇人大 镇纪委 各办公室*
团市委、市少工委、各级团组织 | 团市委 市少工委 各级团组织*
市文广旅局（市文物局）、市博物馆、市图书馆 | 市文广旅局=市文物局 市博物馆 市图书馆
县自来水公司、县燃气公司、县供热公司 | 县自来水公司 县燃气公司 县供热公司
各有关县（市、区）党委和政府 | 各有关县（市、区）党委* 各有关县（市、区）政府*
中央组织部、人力资源社会保障部、全国人大常委会法工委 | 中央组织部 人力资源社会保障部 全国人大常委会法工委
由市城管局会同市公安局、市交通局负责落实 | L:市城管局 S:市公安局 S:市交通局
市数字办牵头；各部门配合；长期 | L:市数字办 S:各部门*
县发改局/县财政局/县审计局 | 县发改局 县财政局 县审计局
区住建局、区城管局、各街道（镇） | 区住建局 区城管局 各街道（镇）*
责任单位（部门）：党建工作部、纪检监察部 | 党建工作部 纪检监察部
县农发行、县信用联社、县邮储银行 | 县农发行 县信用联社 县邮储银行
各乡（镇）人民政府、街道办事处，县直有关单位 | 各乡（镇）人民政府* 各街道办事处* 县直有关单位*
江苏省南京市、苏州市人民政府 | 江苏省南京市人民政府 苏州市人民政府
县财政局和审计局 | 县财政局 审计局
县教体局基教科、人事科 | 县教体局基教科 人事科
市委军民融合办、市委国安办 | 市委军民融合办 市委国安办
乡镇（街道）、县直各部门 | 乡镇（街道）* 县直各部门*
县公安局、交警大队、城管大队 | 县公安局 交警大队 城管大队
责任单位：淮上区委、区政府；市水利局 | 淮上区委 区政府 市水利局
县老干部局，各离退休党支部 | 县老干部局 各离退休党支部*
民航局、铁路局、邮政局按职责分别负责 | 民航局 铁路局 邮政局
马城镇及水利站 | 马城镇 水利站
市委组织部抓总，市人社局落实 | L:市委组织部 市人社局
市发改委牵头，会同会同县教育局落实 | L:市发改委 S:会同县教育局
责任单位：各县（市、区）人民政府、市直有关单位 | 各县（市、区）人民政府* 市直有关单位*
牵头单位：市司法局　责任单位：市直各行政执法部门 | L:市司法局 市直各行政执法部门*
区教体局牵头，区市场监管局、区卫健局、区公安分局等部门配合 | L:区教体局 S:区市场监管局 S:区卫健局 S:区公安分局
县总河长办公室、县水利局、县生态环境分局、沿河乡镇 | 县总河长办公室 县水利局 县生态环境分局 沿河乡镇*
工业和信息化部、国家发展改革委等部门按职责分工负责 | 工业和信息化部 国家发展改革委
省公安厅、省法院、省检察院会同省司法厅负责 | L:省公安厅 L:省法院 L:省检察院 S:省司法厅
市城管局、各区人民政府及各开发区管委会 | 市城管局 各区人民政府* 各开发区管委会*
县交通运输局（县铁路办）；县公路管理服务中心 | 县交通运输局=县铁路办 县公路管理服务中心
院党委、院长办公室、医保办、信息科 | 院党委 院长办公室 医保办 信息科
学校办公室、教务处、学生处及各系部 | 学校办公室 教务处 学生处 各系部*
州发改委，各县市人民政府、州级有关部门 | 州发改委 各县市人民政府* 州级有关部门*
各盟行政公署、市人民政府，自治区各有关部门 | 各盟行政公署* 各市人民政府* 自治区各有关部门*
市政府办公室（市大数据局）会同各部门 | L:市政府办公室=市大数据局 S:各部门*
县医院、县中医院、县妇幼保健院及各乡镇卫生院 | 县医院 县中医院 县妇幼保健院 各乡镇卫生院*
县移动公司、县联通公司、县铁塔公司 | 县移动公司 县联通公司 县铁塔公司
县委网信办、县委宣传部、县公安局网安大队 | 县委网信办 县委宣传部 县公安局网安大队
整改责任单位：铜陵市委、市政府；整改牵头单位：省住房城乡建设厅 | 铜陵市委 市政府 L:省住房城乡建设厅
牵头部门：区应急局 配合部门：区消防救援大队、各街道 | L:区应急局 S:区消防救援大队 S:各街道*
市重点局、市征收办、市土地储备中心 | 市重点局 市征收办 市土地储备中心
（十五）市商务局、市供销社 | 市商务局 市供销社
县粮食局(县发改委) | 县粮食局=县发改委
县税务局、人社局、医保局按职责负责 | 县税务局 人社局 医保局
省发展改革委、省财政厅、人民银行合肥中心支行、安徽银保监局 | 省发展改革委 省财政厅 人民银行合肥中心支行 安徽银保监局
乡党委、乡政府、各行政村 | 乡党委 乡政府 各行政村*
县创建办牵头，县直各单位、各社区参与，长期坚持 | L:县创建办 S:县直各单位* S:各社区*
县社会组织、市财政局组织实施 | 县社会组织 市财政局
"""  # noqa: E501  # a cell and its reading stand on one line
ROWS = [line.split(" | ") for line in CELLS.strip().splitlines()]


# Cells of six real documents, a blank line between two documents; ~ is the fuller name of a
# short form, < the printed words where they are not the name.
REAL = """
区政府办公室、区卫生健康委,区教育体育局、区市场监管局、区农业农村水利局、区应急管理局、区科技经济信息化局、区民政局、区人力资源社会保障局,各乡镇政府、街道办事处 | 区政府办公室 区卫生健康委 区教育体育局 区市场监管局 区农业农村水利局 区应急管理局 区科技经济信息化局 区民政局 区人力资源社会保障局 各乡镇政府* 各街道办事处*<街道办事处
生态环境分局、区住房和城乡建设交通局、区卫生健康委、区城市管理局,各乡镇政府、街道办事处 | 生态环境分局 区住房和城乡建设交通局 区卫生健康委 区城市管理局 各乡镇政府* 各街道办事处*<街道办事处
区发展改革委、区财政局(区地方金融监管局),各乡镇政府、街道办事处 | 区发展改革委 区财政局=区地方金融监管局 各乡镇政府* 各街道办事处*<街道办事处
区人力资源社会保障局、区商务外事局、区科技经济信息化局、区发展改革委、区财政局(区地方金融监管局),各乡镇政府、街道办事处 | 区人力资源社会保障局 区商务外事局 区科技经济信息化局 区发展改革委 区财政局=区地方金融监管局 各乡镇政府* 各街道办事处*<街道办事处
区政府各部门、各直属单位,各乡镇政府、街道办事处 | 区政府各部门* 区政府各直属单位*<各直属单位 各乡镇政府* 各街道办事处*<街道办事处
区发改委、区教育体育局、区科技经济信息化局、区民政局、区司法局、区财政局、区人社局、然资源和规划分局、生态环境分局、区住房和城乡建设交通局、区农业农村水利局、区商务外事局、区文化和旅游局、区卫生健康委、区退役军人事务局、区应急管理局、区审计局、区市场监管局、区统计局、区医保局 | 区发改委~区发展改革委 区教育体育局 区科技经济信息化局 区民政局 区司法局 区财政局 区人社局~区人力资源社会保障局 自然资源和规划分局<然资源和规划分局 生态环境分局 区住房和城乡建设交通局 区农业农村水利局 区商务外事局 区文化和旅游局 区卫生健康委 区退役军人事务局 区应急管理局 区审计局 区市场监管局 区统计局 区医保局

宿马园区党工委、管委会 | 宿马园区党工委 宿马园区管委会<管委会

市发改委、市财政局(第一责任单位为牵头单位,下同) | L:市发改委 市财政局
责任单位:市建设局 | L:市建设局

(牽頭單位:州行政審批服務局;責任單位:州司法局、州委編辦及州直相關單位,各縣市人民政府、湘西經開區管委會,6月底完成) | L:州行政審批服務局 州司法局 州委編辦 州直相關單位* 各縣市人民政府* 湘西經開區管委會

县水务局\\n县住建局\\n县护城河指挥部 | 县水务局 县住建局 县护城河指挥部
县文体广新局\\n县代建中心 | 县文体广新局 县代建中心
县政务服务中心\\n县代建中心 | 县政务服务中心 县代建中心
县教科局\\n县代建中心 | 县教科局 县代建中心
县残联 | 县残联
县民政局 | 县民政局
县商务局 | 县商务局

各乡、镇人民政府,县政府各部门、各直属单位,驻固各有关单位: | 各乡人民政府*<各乡 各镇人民政府*<镇人民政府 县政府各部门* 县政府各直属单位*<各直属单位 驻固各有关单位*

（人力资源社会保障部、财政部负责。列第一位者为牵头单位，下同） | L:人力资源社会保障部 财政部
（财政部、工业和信息化部、人民银行、银保监会负责） | L:财政部 工业和信息化部 人民银行 银保监会
（人力资源社会保障部、科技部、财政部、住房城乡建设部、市场监管总局，各省级人民政府按职责分工负责） | L:人力资源社会保障部 科技部 财政部 住房城乡建设部 市场监管总局 各省级人民政府*
（人力资源社会保障部等有关部门和单位负责） | L:人力资源社会保障部 有关部门和单位*<等有关部门和单位
（各有关部门和单位，各省级人民政府按职责分工负责） | 各有关部门和单位* 各省级人民政府*
"""  # noqa: E501  # as above
DOCUMENTS = [part.splitlines() for part in REAL.strip().split("\n\n")]


class TestRealCells:
    """
    Cells of real documents, each read with the memory of its document.
    """

    @pytest.mark.parametrize("document", DOCUMENTS)
    def test_reads_a_document_in_order(self, document: list[str]) -> None:
        """
        Everything is as a careful reader wrote it down, printed words included.
        """
        register = CellRegister()
        for line in document:
            text, reading = line.replace(r"\n", "\n").split(" | ")
            read = read_units(text, register)
            words = [
                each
                + (f"~{entry.short_for}" if entry.short_for else "")
                + (f"<{entry.printed}" if entry.printed[: len(entry.name)] != entry.name else "")
                for each, entry in zip(said(read).split(), read.entries, strict=True)
            ]
            assert words == reading.split()

    def test_agrees_with_the_bundled_list(self) -> None:
        """
        Every printed unit cell of the Yuhui list, by which the library lives.
        """
        register = CellRegister()
        for row in load("yuhui-2020").rows.values():
            if row.unit_cell is None:
                continue
            entries = read_units(row.unit_cell.printed, register).entries
            meant = [(r.printed, r.role, r.is_group) for r in row.responsibilities]
            assert [(e.printed, e.role, e.is_group) for e in entries] == meant
            names = [e.short_for or e.name for e in entries]
            assert names == [r.unit for r in row.responsibilities]


class TestUnseenCells:
    """
    Cells of many kinds, and one careful reading of each.
    """

    @pytest.mark.parametrize(("text", "reading"), ROWS)
    def test_reads_as_a_careful_reader_does(self, text: str, reading: str) -> None:
        """
        Names, roles, groups and second plates are those of the table.
        """
        assert said(read_units(text.replace(r"\n", "\n"))) == reading


FINANCE = Unit(name="区财政局", second_plates=("区地方金融监管局",))
REFORM = Unit(name="区发展改革委", short_forms=("区发改委",))


class TestDoubts:
    """
    What a cell leaves open is said, with its place and the readings it allows.
    """

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("", ["no-units"]),
            ("—", ["no-units"]),
            ("  \n", ["no-units"]),
            ("市财政局等", ["open-list"]),
            ("市财政局、市民政局等部门", ["open-list"]),
            ("市财政局、省高等法院", []),
            ("有关部门", ["which-bodies"]),
            ("各部门", []),
            ("市民政局等有关部门", ["open-list", "which-bodies"]),
            ("责任人:张三", ["not-a-body", "no-units"]),
            ("张三", ["not-a-body"]),
            ("县长", ["not-a-body", "no-units"]),
            ("各乡镇党委书记", ["not-a-body", "no-units"]),
            ("市住建局（含人防）", ["bracket"]),
            ("市住建局（负责消防）", []),
            ("市公安局（交警支队）", ["bracket"]),
            ("市公安局（县交警局）", ["bracket"]),
            ("然资源和规划分局", ["lost-character"]),
            ("自然资源和规划分局", []),
            ("市场监管局", []),
            ("场监管局", ["lost-character"]),
            ("市直关部门", ["lost-character", "which-bodies"]),
            ("市委宣传部、网信办", ["shared-beginning"]),
            ("市委宣传部、市委网信办", []),
            ("教育、公安局", ["shared-ending"]),
            ("中国石化、市财政局", ["not-a-body"]),
            ("市财政局、市财政局", ["named-twice"]),
            ("市财政局牵头，会同县财政局落实", ["with-or-place"]),
            ("监督单位：市纪委监委", ["other-role"]),
            ("市民政局，6月底完成；市财政局，9月底完成", ["second-limit"]),
        ],
    )
    def test_are_raised(self, text: str, expected: list[str]) -> None:
        """
        Each kind of doubt, and on its other side a cell without it.
        """
        assert codes(read_units(text)) == expected

    def test_lost_character_is_put_back(self) -> None:
        """
        The name is whole, the printed words are as found, and both are candidates.
        """
        cell = read_units("区财政局、然资源和规划分局")

        assert cell.entries[1].name == "自然资源和规划分局"
        assert cell.entries[1].printed == "然资源和规划分局"
        assert cell.doubts[0].candidates == ("自然资源和规划分局", "然资源和规划分局")
        assert cell.doubts[0].span == cell.entries[1].span == (5, 13)

    def test_unlisted_bodies_are_asked_about_in_every_later_cell(self) -> None:
        """
        "以下均需各县区政府落实,不再列出" names no body in the cells below it.
        """
        register = CellRegister()
        first = read_units("市财政局(以下均需各县(市、区)政府落实，不再列出)", register)
        later = read_units("市民政局", register)

        assert said(first) == "市财政局"
        assert codes(first) == codes(later) == ["unlisted-bodies"]
        assert later.doubts[0].words == "以下均需各县(市、区)政府落实，不再列出"


RULES = (
    "第一责任单位为牵头单位,下同",
    "列第一位者为牵头单位，下同",
    "列在首位的为牵头单位，下同",
    "排名第一的为牵头单位，下同",
    "排在第一位的单位为牵头单位，下同",
    "注：列首位的为牵头单位，下同",
    "第一个单位为牵头单位，以下同",
)


class TestFirstLeads:
    """
    "列第一位者为牵头单位，下同": one sentence that changes every later cell.
    """

    @pytest.mark.parametrize("rule", RULES)
    def test_holds_in_its_own_cell_and_below(self, rule: str) -> None:
        """
        The first body leads, the others answer.
        """
        register = CellRegister()

        assert said(read_units(f"市发改委、市财政局({rule})", register)) == "L:市发改委 市财政局"
        assert said(read_units("市民政局、市审计局", register)) == "L:市民政局 市审计局"
        assert register.first_leads

    def test_without_below_it_holds_in_its_own_cell_only(self) -> None:
        """
        Nothing says 下同.
        """
        register = CellRegister()
        read_units("市发改委、市财政局(列第一位者为牵头单位)", register)

        assert said(read_units("市民政局、市审计局", register)) == "市民政局 市审计局"

    def test_alone_in_a_cell_it_is_about_the_cells_below(self) -> None:
        """
        As in the head of a column.
        """
        register = CellRegister()
        head = read_units("责任单位（列第一位者为牵头单位）", register)

        assert head.entries == ()
        assert said(read_units("市民政局、市审计局", register)) == "L:市民政局 市审计局"

    @pytest.mark.parametrize(
        ("text", "reading"),
        [
            ("各部门、市民政局", "各部门* 市民政局"),
            ("市民政局、市财政局牵头", "L:市民政局 L:市财政局"),
            ("市民政局、市财政局(牵头)", "市民政局 L:市财政局"),
            ("市民政局，市财政局配合", "L:市民政局 S:市财政局"),
        ],
    )
    def test_gives_way(self, text: str, reading: str) -> None:
        """
        A group cannot lead, and a lead that is named does.
        """
        assert said(read_units(text, CellRegister(first_leads=True))) == reading

    @pytest.mark.parametrize(
        "text", ["市第一人民医院为牵头单位", "市第一中学牵头", "第一人民医院、市民政局"]
    )
    def test_first_in_a_name_is_no_rule(self, text: str) -> None:
        """
        A hospital's number says nothing about lists.
        """
        assert not read_units(text).first_leads


class TestShortForms:
    """
    "Short forms resolve against the document's own fuller names."
    """

    @pytest.mark.parametrize(
        ("full", "short"),
        [
            ("区发展改革委", "区发改委"),
            ("区人力资源社会保障局", "区人社局"),
            ("区住房和城乡建设交通局", "住建局"),
            ("英雄街道办事处", "英雄街道"),
            ("县残疾人联合会", "县残联"),
            ("市国有资产监督管理委员会", "市国资委"),
            ("合肥市市场监督管理局", "市市场监管局"),
            ("县人民政府办公室", "县政府办"),
            ("西堡镇人民政府", "西堡镇"),
            ("區發展改革委", "区发改委"),
        ],
    )
    def test_join(self, full: str, short: str) -> None:
        """
        The characters stand in the fuller name in order, level and ending are the same.
        """
        register = CellRegister()
        read_units(full, register)
        cell = read_units(short, register)

        assert cell.entries[0].short_for == full
        assert cell.entries[0].name == cell.entries[0].printed == short
        assert cell.doubts == ()

    @pytest.mark.parametrize(
        ("full", "other"),
        [
            ("房屋征收中心", "征地中心"),
            ("区发展改革委", "县发改委"),
            ("区发展改革委", "区发改局"),
            ("县委政法委办公室", "县委办公室"),
            ("市政府外事办公室", "市政府办公室"),
            ("英雄山街道办事处", "英雄街道"),
            ("区财政局", "区财政局"),
            ("马鞍山市财政局", "芜湖市财政局"),
        ],
    )
    def test_stay_apart(self, full: str, other: str) -> None:
        """
        Another level, another ending, a committee between, or no such characters.
        """
        register = CellRegister()
        read_units(full, register)

        assert read_units(other, register).entries[0].short_for is None

    def test_two_fuller_names_are_a_doubt(self) -> None:
        """
        A person decides which is meant.
        """
        register = CellRegister.naming(("区教育体育局", "区教育科技局"))
        cell = read_units("区教育局", register)

        assert cell.entries[0].short_for is None
        assert cell.doubts[0].code == "doubt.short-form"
        assert cell.doubts[0].candidates == ("区教育体育局", "区教育科技局")

    def test_a_name_between_is_no_rival(self) -> None:
        """
        区发展改革委 is itself short for the longest form.
        """
        register = CellRegister.naming(("区发展改革委", "区发展和改革委员会"))

        assert register.fuller("区发改委") == ("区发展和改革委员会",)

    def test_names_of_one_cell_are_not_joined(self) -> None:
        """
        What is named beside another body is not that body.
        """
        cell = read_units("区教育局、区教育体育局", CellRegister())

        assert [entry.short_for for entry in cell.entries] == [None, None]

    def test_a_second_plate_alone_is_the_same_body(self) -> None:
        """
        An earlier cell printed it in brackets.
        """
        register = CellRegister()
        read_units("区财政局(区地方金融监管局)", register)

        assert read_units("区地方金融监管局", register).entries[0].short_for == "区财政局"
        assert read_units("区财政局", register).entries[0].second_plate is None

    def test_a_list_of_units_is_known_too(self) -> None:
        """
        A register of units gives its short forms and plates.
        """
        units = UnitRegister((FINANCE, REFORM))

        assert read_units("区发改委", units).entries[0].short_for == "区发展改革委"
        assert read_units("区地方金融监管局", units).entries[0].short_for == "区财政局"
        assert read_units("区司法局", units).entries[0].short_for is None


class TestLimits:
    """
    "A deadline may sit in the unit bracket": it is left for the reader of deadlines.
    """

    @pytest.mark.parametrize(
        ("text", "limit"),
        [
            ("（市财政局负责，6月底完成）", "6月底完成"),
            ("市财政局，2020年12月31日前", "2020年12月31日前"),
            ("市财政局（年底前完成）", "年底前完成"),
            ("市财政局；完成时限：二季度末", "二季度末"),
            ("市财政局,立行立改,长期坚持", "立行立改,长期坚持"),
            ("市12345热线办", ""),
            ("六月村村委会", ""),
        ],
    )
    def test_are_left_as_printed(self, text: str, limit: str) -> None:
        """
        With their place; a number in a name is none.
        """
        cell = read_units(text)

        assert cell.limit == limit
        if cell.limit_span is not None:
            assert text[slice(*cell.limit_span)] == limit
        assert len(cell.entries) == 1


PARTS = (
    "区财政局", "县教育局", "各乡镇", "街道办事处", "牵头", "配合", "负责", "会同", "等",
    "有关部门", "和", "及", "与", "、", "，", ",", ";", "。", ":", "(", ")", "【", " ", "\n",
    "\u3000", "牵头单位:", "责任单位：", "责任人:", "6月底", "下同", "列第一位者为牵头单位",
    "张三", "1.", "①", "党工委", "管委会", "以下", "不再列出", "然资源局", "的", "A", "縣",
    "單位", "其", "关",
)  # fmt: skip
UNSEEN = "\0\u200b\u200c\u200d\u2060\ufeff\xad"
TEXTS = st.lists(st.sampled_from(PARTS), max_size=14).map("".join) | st.text(max_size=30)


class TestNothingIsLost:
    """
    What cannot be read is said to be in doubt, and never dropped.
    """

    @example(text="((区财政局)")
    @example(text="）区财政局（")
    @given(text=TEXTS | unit_cells().map(lambda cell: cell.text))
    def test_every_character_belongs_to_something(self, text: str) -> None:
        """
        To one of these only: item, separator, label, role, rule, limit, note, doubt.
        """
        folded = fold(text)
        parsed = parse(folded)
        owned = [0] * len(folded.flat)
        for start, end, _ in parsed.marks:
            for place in range(start, end):
                owned[place] += 1
        for item in parsed.items:
            for place in range(item.start, item.end):
                owned[place] += 1

        assert owned == [1] * len(owned)
        dropped = set(range(len(text))) - set(folded.at)
        assert all(not text[place].strip().strip(UNSEEN) for place in dropped)

    @given(text=TEXTS)
    def test_places_are_true(self, text: str) -> None:
        """
        Entries and doubts stand where they say, entries in order and apart.
        """
        cell = read_units(text)
        ends = [0]
        for entry in cell.entries:
            assert text[slice(*entry.span)] == entry.printed
            assert entry.name
            assert entry.span[0] >= ends[-1]
            ends.append(entry.span[1])
        for doubt in cell.doubts:
            assert doubt.span is None or text[slice(*doubt.span)] == doubt.words
        assert bool(cell.entries) != ("no-units" in codes(cell))

    @given(cell=unit_cells())
    def test_script_changes_no_reading(self, cell: object) -> None:
        """
        A cell in simplified script is read as it was in traditional script.
        """
        text = cell.text  # type: ignore[attr-defined]  # a PrintedUnits
        plain = read_units(text.translate(SIMPLIFIED))

        assert said(plain) == said(read_units(text)).translate(SIMPLIFIED)

    @pytest.mark.parametrize(
        "unit",
        [
            "区财政局、",
            "各乡镇和",
            "(",
            ")",
            "区财政局(",
            "列",
            "以下",
            "按职责",
            "区 ",
            "\n",
            "牵头",
            "等",
            "区财政局和",
            "各",
        ],
    )
    def test_reading_is_linear(self, unit: str) -> None:
        """
        Twice the text takes nowhere near four times as long; 100 KB stay readable.
        """
        text = unit * (100_000 // (3 * len(unit)))
        start = time.process_time()
        read_units(text)

        assert time.process_time() - start < 3
