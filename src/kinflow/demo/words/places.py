"""Places: China's provinces with industrial cities, and the countries of the customers abroad."""
# ruff: noqa: E501 (each phrase and each row stands on one line)

PROVINCES: dict[str, tuple[str, str, float, str]] = {
    # code: Chinese name, English name, weight, cities as name pinyin area-code
    "ZJ": (
        "浙江",
        "Zhejiang",
        17,
        "宁波 Ningbo 574 杭州 Hangzhou 571 温州 Wenzhou 577 绍兴 Shaoxing 575 嘉兴 Jiaxing 573 "
        "台州 Taizhou 576 湖州 Huzhou 572 金华 Jinhua 579 慈溪 Cixi 574 余姚 Yuyao 574",
    ),
    "JS": (
        "江苏",
        "Jiangsu",
        14,
        "苏州 Suzhou 512 无锡 Wuxi 510 常州 Changzhou 519 南京 Nanjing 25 南通 Nantong 513 "
        "徐州 Xuzhou 516 扬州 Yangzhou 514 盐城 Yancheng 515 昆山 Kunshan 512 江阴 Jiangyin 510",
    ),
    "SH": ("上海", "Shanghai", 8, "上海 Shanghai 21"),
    "AH": (
        "安徽",
        "Anhui",
        4,
        "合肥 Hefei 551 芜湖 Wuhu 553 马鞍山 Maanshan 555 安庆 Anqing 556 滁州 Chuzhou 550",
    ),
    "JX": ("江西", "Jiangxi", 2.5, "南昌 Nanchang 791 九江 Jiujiang 792 赣州 Ganzhou 797 上饶 Shangrao 793"),
    "FJ": ("福建", "Fujian", 4, "福州 Fuzhou 591 厦门 Xiamen 592 泉州 Quanzhou 595 漳州 Zhangzhou 596"),
    "BJ": ("北京", "Beijing", 4, "北京 Beijing 10"),
    "TJ": ("天津", "Tianjin", 3, "天津 Tianjin 22"),
    "HE": (
        "河北",
        "Hebei",
        4,
        "石家庄 Shijiazhuang 311 唐山 Tangshan 315 保定 Baoding 312 沧州 Cangzhou 317",
    ),
    "SD": (
        "山东",
        "Shandong",
        8,
        "济南 Jinan 531 青岛 Qingdao 532 淄博 Zibo 533 烟台 Yantai 535 潍坊 Weifang 536 "
        "东营 Dongying 546 临沂 Linyi 539",
    ),
    "SX": ("山西", "Shanxi", 2, "太原 Taiyuan 351 大同 Datong 352 运城 Yuncheng 359"),
    "LN": ("辽宁", "Liaoning", 3, "沈阳 Shenyang 24 大连 Dalian 411 鞍山 Anshan 412 营口 Yingkou 417"),
    "JL": ("吉林", "Jilin", 1, "长春 Changchun 431 吉林 Jilin 432"),
    "HL": ("黑龙江", "Heilongjiang", 1, "哈尔滨 Harbin 451 大庆 Daqing 459"),
    "NM": ("内蒙古", "Inner Mongolia", 1.5, "包头 Baotou 472 鄂尔多斯 Ordos 477 呼和浩特 Hohhot 471"),
    "SN": ("陕西", "Shaanxi", 2, "西安 Xi'an 29 宝鸡 Baoji 917 榆林 Yulin 912"),
    "GS": ("甘肃", "Gansu", 0.8, "兰州 Lanzhou 931 酒泉 Jiuquan 937"),
    "NX": ("宁夏", "Ningxia", 0.8, "银川 Yinchuan 951"),
    "XJ": ("新疆", "Xinjiang", 1.2, "乌鲁木齐 Urumqi 991 克拉玛依 Karamay 990"),
    "GD": (
        "广东",
        "Guangdong",
        11,
        "广州 Guangzhou 20 深圳 Shenzhen 755 佛山 Foshan 757 东莞 Dongguan 769 "
        "中山 Zhongshan 760 惠州 Huizhou 752 珠海 Zhuhai 756 湛江 Zhanjiang 759",
    ),
    "GX": ("广西", "Guangxi", 2, "南宁 Nanning 771 柳州 Liuzhou 772 北海 Beihai 779"),
    "HI": ("海南", "Hainan", 0.6, "海口 Haikou 898"),
    "HA": ("河南", "Henan", 4, "郑州 Zhengzhou 371 洛阳 Luoyang 379 新乡 Xinxiang 373 焦作 Jiaozuo 391"),
    "HB": ("湖北", "Hubei", 3.5, "武汉 Wuhan 27 宜昌 Yichang 717 襄阳 Xiangyang 710 黄石 Huangshi 714"),
    "HN": ("湖南", "Hunan", 3, "长沙 Changsha 731 株洲 Zhuzhou 731 岳阳 Yueyang 730 衡阳 Hengyang 734"),
    "SC": ("四川", "Sichuan", 4, "成都 Chengdu 28 绵阳 Mianyang 816 宜宾 Yibin 831 泸州 Luzhou 830"),
    "CQ": ("重庆", "Chongqing", 2.5, "重庆 Chongqing 23"),
    "GZ": ("贵州", "Guizhou", 1.2, "贵阳 Guiyang 851 遵义 Zunyi 851"),
    "YN": ("云南", "Yunnan", 1.4, "昆明 Kunming 871 曲靖 Qujing 874"),
}
STREETS = "工业 创业 兴业 人民 建设 滨海 科技 振兴 环城 港城 江南 东海 中山 解放 迎宾 富民 金山 高新 长江 太湖 学院".split()
ZONES = "经济技术开发区 高新区 工业园区 化工园区 产业集聚区 临港工业区 循环经济园 机电产业园".split()

STREETS_ABROAD = (
    "Industrial Road|Harbour Street|Station Road|Factory Street|Mill Lane|Port Avenue|Canal Street".split("|")
)

COUNTRIES: dict[str, tuple[str, str, str, float, str, float]] = {
    # code: English name, culture, language, weight, cities, hours ahead of UTC
    "DE": ("Germany", "german", "de", 10, "Hamburg Düsseldorf Leipzig Mannheim Bremen Nürnberg", 1),
    "ES": ("Spain", "spanish", "es", 9, "Valencia Bilbao Zaragoza Sevilla Tarragona Murcia", 1),
    "IT": ("Italy", "italian", "en", 5, "Milano Bologna Brescia Torino", 1),
    "NL": ("Netherlands", "dutch", "en", 3, "Rotterdam Eindhoven Utrecht", 1),
    "PL": ("Poland", "polish", "en", 4, "Gdańsk Poznań Katowice Łódź", 1),
    "GB": ("United Kingdom", "english", "en", 5, "Leeds Sheffield Hull Bristol", 0),
    "US": ("United States", "english", "en", 7, "Houston Cleveland Tulsa Charlotte", -6),
    "MX": ("Mexico", "spanish", "es", 6, "Monterrey Puebla Querétaro León", -6),
    "CL": ("Chile", "spanish", "es", 4, "Santiago Antofagasta Calama", -4),
    "PE": ("Peru", "spanish", "es", 3, "Lima Arequipa", -5),
    "BR": ("Brazil", "portuguese", "en", 4, "São Paulo Campinas Curitiba", -3),
    "RU": ("Russia", "russian", "ru", 7, "Yekaterinburg Chelyabinsk Perm Kazan", 5),
    "KZ": ("Kazakhstan", "kazakh", "ru", 3, "Almaty Karaganda Aktau", 5),
    "KR": ("South Korea", "korean", "ko", 7, "Busan Ulsan Incheon Changwon", 9),
    "JP": ("Japan", "japanese", "en", 3, "Osaka Nagoya Yokohama", 9),
    "VN": ("Vietnam", "vietnamese", "en", 6, "Haiphong Danang Hanoi|Ho Chi Minh City", 7),
    "TH": ("Thailand", "thai", "en", 4, "Bangkok Rayong", 7),
    "ID": ("Indonesia", "malay", "en", 6, "Jakarta Surabaya Medan", 7),
    "MY": ("Malaysia", "malay", "en", 4, "Penang|Johor Bahru|Kuala Lumpur", 8),
    "IN": ("India", "indian", "en", 6, "Ahmedabad Pune Chennai Vadodara", 5.5),
    "AE": ("United Arab Emirates", "arabic", "ar", 6, "Dubai Sharjah|Abu Dhabi", 4),
    "SA": ("Saudi Arabia", "arabic", "ar", 6, "Dammam Jeddah Riyadh Jubail", 3),
    "EG": ("Egypt", "arabic", "ar", 4, "Cairo Alexandria Suez", 2),
    "TR": ("Türkiye", "turkish", "en", 5, "Istanbul Izmir Bursa", 3),
    "ZA": ("South Africa", "african", "en", 3, "Johannesburg Durban", 2),
}
