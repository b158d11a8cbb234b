"""Chinese names: surnames with their real share of the population, given names by sex, each with pinyin."""
# ruff: noqa: E501 (each phrase and each row stands on one line)

SURNAMES = """
王 wang 71 李 li 70 张 zhang 66 刘 liu 51 陈 chen 46 杨 yang 32 黄 huang 25 赵 zhao 21 吴 wu 20 周 zhou 19 徐 xu 15
孙 sun 14 马 ma 13 朱 zhu 13 胡 hu 12 郭 guo 11 何 he 11 林 lin 11 高 gao 10 罗 luo 10 郑 zheng 9 梁 liang 9 谢 xie 8
宋 song 7 唐 tang 7 许 xu 7 邓 deng 6 韩 han 6 冯 feng 6 曹 cao 6 彭 peng 6 曾 zeng 6 肖 xiao 6 田 tian 5 董 dong 5
潘 pan 5 袁 yuan 5 蔡 cai 5 蒋 jiang 5 余 yu 5 于 yu 5 杜 du 5 叶 ye 5 程 cheng 5 魏 wei 5 苏 su 5 吕 lv 4 丁 ding 4
任 ren 4 卢 lu 4 姚 yao 4 沈 shen 4 钟 zhong 4 姜 jiang 4 崔 cui 4 谭 tan 4 陆 lu 4 范 fan 4 汪 wang 4 廖 liao 4 石 shi 4
金 jin 4 韦 wei 3 贾 jia 3 夏 xia 3 付 fu 3 方 fang 3 邹 zou 3 熊 xiong 3 白 bai 3 孟 meng 3 秦 qin 3 邱 qiu 3 侯 hou 3
江 jiang 3 尹 yin 3 薛 xue 3 闫 yan 3 段 duan 3 雷 lei 3 龙 long 2 黎 li 2 史 shi 2 陶 tao 2 贺 he 2 毛 mao 2 郝 hao 2
顾 gu 2 龚 gong 2 邵 shao 2 万 wan 2 覃 qin 2 武 wu 2 钱 qian 2 戴 dai 2 严 yan 2 莫 mo 2 孔 kong 2 向 xiang 2 常 chang 2
汤 tang 2 康 kang 1 易 yi 1 乔 qiao 1 赖 lai 1 庞 pang 1 樊 fan 1 殷 yin 1 施 shi 2 洪 hong 1 翟 zhai 1 安 an 1 倪 ni 1
严 yan 1 牛 niu 1 温 wen 1 俞 yu 1 章 zhang 1 鲁 lu 1 葛 ge 1 毕 bi 1 聂 nie 1 焦 jiao 1 柳 liu 1 邢 xing 1 路 lu 1
齐 qi 1 庄 zhuang 1 颜 yan 1 涂 tu 1 欧阳 ouyang 1 上官 shangguan 0.2 司徒 situ 0.2
"""
MALE_FIRST = """
建 jian 国 guo 志 zhi 文 wen 海 hai 永 yong 德 de 俊 jun 子 zi 宇 yu 振 zhen 少 shao 晓 xiao 立 li 学 xue 家 jia 光 guang
明 ming 世 shi 鹏 peng 浩 hao 天 tian 成 cheng 庆 qing 新 xin 长 chang 绍 shao 景 jing 启 qi 嘉 jia 承 cheng 思 si
"""
MALE_SECOND = """
华 hua 军 jun 强 qiang 明 ming 涛 tao 杰 jie 平 ping 辉 hui 峰 feng 宇 yu 轩 xuan 博 bo 伟 wei 林 lin 东 dong 生 sheng
豪 hao 航 hang 然 ran 斌 bin 刚 gang 毅 yi 民 min 龙 long 安 an 良 liang 阳 yang 凯 kai 清 qing 武 wu 达 da 源 yuan
"""
MALE_SINGLE = """
伟 wei 磊 lei 军 jun 洋 yang 勇 yong 杰 jie 涛 tao 超 chao 刚 gang 辉 hui 鹏 peng 飞 fei 鑫 xin 波 bo 斌 bin 浩 hao
凯 kai 健 jian 帆 fan 旭 xu 亮 liang 峰 feng 锋 feng 成 cheng 诚 cheng 翔 xiang 晨 chen 坤 kun 兵 bing 钧 jun 铭 ming
"""
FEMALE_FIRST = """
晓 xiao 雅 ya 美 mei 丽 li 玉 yu 婷 ting 思 si 雪 xue 秀 xiu 海 hai 佳 jia 文 wen 春 chun 慧 hui 静 jing 子 zi 诗 shi
梦 meng 欣 xin 嘉 jia 素 su 彩 cai 若 ruo 语 yu 依 yi 淑 shu 红 hong 月 yue 宛 wan 书 shu
"""
FEMALE_SECOND = """
燕 yan 芳 fang 丽 li 娟 juan 敏 min 霞 xia 玲 ling 婷 ting 华 hua 萍 ping 琴 qin 梅 mei 英 ying 怡 yi 涵 han 琪 qi
颖 ying 洁 jie 蓉 rong 兰 lan 雯 wen 珊 shan 云 yun 君 jun 宁 ning 佳 jia 清 qing 媛 yuan 瑶 yao 彤 tong
"""
FEMALE_SINGLE = """
芳 fang 娜 na 敏 min 静 jing 丽 li 艳 yan 娟 juan 霞 xia 燕 yan 玲 ling 婷 ting 颖 ying 倩 qian 雪 xue 琳 lin 蕾 lei
洁 jie 慧 hui 莹 ying 蓉 rong 丹 dan 萍 ping 红 hong 欣 xin 璐 lu 菲 fei 岚 lan 薇 wei
"""
WELL_KNOWN = frozenset(
    [
        "李强",
        "王毅",
        "马云",
        "马超",
        "张勇",
        "李宁",
        "丁磊",
        "雷军",
        "李明",
        "王涛",
        "李娜",
        "刘洋",
        "刘翔",
        "姚明",
        "王刚",
        "陈刚",
        "王勇",
        "韩雪",
        "王菲",
        "李晨",
        "黄海波",
        "张杰",
        "李健",
        "朱军",
        "白岩松",
        "赵薇",
        "高峰",
        "王浩",
        "马龙",
        "张颖",
        "李刚",
        "王军",
        "何涛",
        "胡军",
        "刘烨",
        "陈坤",
        "江平",
        "李春",
        "王海涛",
        "张文宏",
        "刘建国",
        "周杰",
        "周涛",
        "王建军",
        "王建国",
        "李建华",
        "张建国",
        "李玉刚",
        "李立",
        "张军",
        "李勇",
        "张磊",
        "王磊",
        "刘强",
        "李学勇",
        "陈晓东",
        "王志文",
        "李雪健",
        "陈凯",
        "周迅",
        "李英",
        "吴磊",
    ]
)
"""Names that would make readers think of somebody they know from the news; they are not given."""
