"""Names, towns and numbers of ten languages, written by hand: what the contacts are made of.

Family names are a beginning and an ending, as they are in life (Berg-mann, Berg-er), so that
thousands of them differ by a letter or two: that is what makes finding them hard.
"""

# ruff: noqa: RUF001 (letters of other alphabets are what this is about)
from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LANGUAGES", "Language"]


@dataclass(frozen=True, slots=True)
class Language:
    """What contacts of one language are made of; texts are lists of words."""

    code: str
    given: list[str]
    beginnings: list[str]
    endings: list[str]
    towns: list[str]
    country: str
    dial: str
    """The country's code, without the plus."""
    jobs: list[str]
    trunk: str = "0"
    """What stands before a number inside the country."""


def _language(
    code: str,
    given: str,
    family: tuple[str, str],
    towns: str,
    phone: tuple[str, str, str],
    jobs: str,
) -> Language:
    country, dial, trunk = phone
    beginnings, endings = family[0].split(), [end.strip("-") for end in family[1].split()]
    return Language(
        code, given.split(), beginnings, endings, towns.split(), country, dial, jobs.split(), trunk
    )


LANGUAGES = (
    _language(
        "en",
        "James Mary John Patricia Robert Jennifer Michael Linda William Elizabeth David Barbara"
        " Richard Susan Joseph Jessica Thomas Sarah Charles Karen Christopher Nancy Daniel Lisa"
        " Matthew Margaret Anthony Sandra Mark Ashley Steven Kimberly Andrew Emily Paul Donna",
        (
            "Ash Black Brad Brook Church Cole Craw Dun East Fair Gold Green Hamil Hart Hazel Hol"
            " John Kings Lang Mar Mill Nor Oak Pem Rad Red Rich Robin Shel Stan Sut Thorn Under"
            " Wal West White Wil Winter Wood York",
            "-ford -ton -ley -son -well -wood -man -by -field -ham -worth -s -er -more -ridge -ly",
        ),
        "London Leeds Bristol Oxford Boston Chicago Denver Seattle Dublin Glasgow",
        ("United Kingdom", "44", "0"),
        "Engineer Buyer Accountant Director Nurse Lawyer Editor Designer",
    ),
    _language(
        "de",
        "Jürgen Günter Käthe Jörg Sören Björn Ursula Renate Hans Peter Wolfgang Klaus Uwe Heike"
        " Stefan Matthias Andreas Katrin Sabine Monika Anke Götz Bärbel Lothar Dieter Ingrid"
        " Manfred Gerhard Annegret Thorsten Anneliese Friedrich Ägidius Margarethe",
        (
            "Acker Alt Bach Berg Birk Brück Busch Büch Eich Feld Fisch Grün Hag Hirsch Hof Hül"
            " Jäg Kirch Klein Köh König Krüg Lang Linden Löw Möll Müll Neu Ober Rös Schäf Schmid"
            " Schön Schröd Schulz Stein Stöck Unter Wald Weiß Zimmer",
            "-er -mann -bauer -meier -feld -berg -bach -hofer -ler -ner -stein -ing -huber -ke",
        ),
        "Berlin München Köln Düsseldorf Nürnberg Göttingen Lübeck Münster Würzburg Gießen",
        ("Deutschland", "49", "0"),
        "Ingenieur Einkäufer Buchhalterin Geschäftsführer Ärztin Anwältin Prüfer Händler",
    ),
    _language(
        "fr",
        "François Hélène Jérôme Amélie André Chloé Étienne Zoé Noël Françoise Rémi Léa Gaël"
        " Geneviève Benoît Aurélie Cédric Mélanie Thérèse Jacques Pierre Camille Julien Élodie"
        " Mathieu Sébastien Valérie Nathalie Raphaël Maëlle Loïc Solène",
        (
            "Beau Ber Blanch Bois Bou Cham Char Clé Cour Dela Des Du Fau Four Gau Gir Gué Gran"
            " Jou La Le Lefè Mar Mau Mé Mo Per Pré Ri Rous Saint Ser Tail Tré Val Ver Vi",
            "-ard -eau -ier -et -ot -in -on -vre -mont -ville -lin -celle -rand -dier -nard -gny",
        ),
        "Paris Orléans Besançon Nîmes Angoulême Saint-Étienne Lyon Béziers Évreux Mâcon",
        ("France", "33", "0"),
        "Ingénieure Acheteur Comptable Gérant Infirmière Avocate Rédacteur Développeur",
    ),
    _language(
        "es",
        "José María Jesús Ángel Sofía Íñigo Begoña Raúl Inés Andrés Lucía Martín Mónica Óscar"
        " Verónica Adrián Belén Tomás Concepción Nicolás Rocío Álvaro Joaquín Ramón Fermín"
        " Rubén Águeda Cristóbal Noemí Elías Víctor Héctor",
        (
            "Álva Bení Cá Cor Domín Escri Espi Fernán Gál Gómez Gonzá Gutié Hernán Ibá Jimé Lo"
            " Már Martí Men Mu Nú Orte Pé Quiño Ramí Rodrí Ruí Sán Su Va Velá Zú",
            "-rez -dez -ñez -guez -nos -va -lez -llo -ches -rado -quez -nes -zar -ta -ano -ga",
        ),
        "Málaga Córdoba León Cádiz Logroño Ávila Almería Cáceres Bogotá Medellín",
        ("España", "34", ""),
        "Ingeniera Comprador Contable Director Enfermera Abogado Redactora Técnico",
    ),
    _language(
        "pl",
        "Łukasz Małgorzata Paweł Agnieszka Michał Grażyna Stanisław Zofia Wojciech Żaneta Józef"
        " Bożena Mirosław Danuta Przemysław Elżbieta Rafał Władysława Zbigniew Święcisława"
        " Krzysztof Jadwiga Grzegorz Halina Sławomir Celina Ryszard Iwona Bartłomiej Urszula",
        (
            "Brzo Chmie Cie Czar Dąb Do Głów Gór Gra Jabło Ja Kamiń Ko Kowal Kra Kwiat Ła Lewan"
            " Ma Mi Nowa Ol Osta Pa Pio Ró Rut Sa Sie Sob Sta Szcze Śli Wa Wiś Wró Zając Żu",
            "-wski -wicz -czyk -ński -cka -ski -łek -niak -lak -ziński -rek -wska -piński -dowski",
        ),
        "Łódź Kraków Gdańsk Poznań Wrocław Toruń Rzeszów Białystok Częstochowa Zabrze",
        ("Polska", "48", ""),
        "Inżynier Księgowa Kierownik Lekarz Prawniczka Redaktor Projektant Sprzedawca",
    ),
    _language(
        "da",
        "Søren Åse Jørgen Kjærsti Bjørn Mælgaard Håkon Øyvind Lærke Anders Mette Rasmus Birgitte"
        " Nils Gitte Torbjørn Åge Ragnhild Kåre Signe Preben Pernille Gøsta Viggo Ingrid Vårin"
        " Hjørdis Sæbjørn Jens Kirsten Asbjørn Merete",
        (
            "Ander Bæk Berg Bjør Bo Brø Chri Dal Egel Fjel Grøn Gård Han Hes Hø Ib Jakob Jør Kjær"
            " Knud Lar Lund Mad Mik Møl Niel Nør Ole Ped Ras Sand Skov Sø Sør Thom Vester Øster",
            "-sen -strøm -gaard -holm -berg -lund -by -quist -dahl -mose -toft -kilde -nes -vig",
        ),
        "København Århus Odense Ålborg Helsingør Malmö Tromsø Bodø Næstved Køge",
        ("Danmark", "45", ""),
        "Ingeniør Indkøber Bogholder Direktør Læge Sagfører Redaktør Rådgiver",
    ),
    _language(
        "tr",
        "Çağlar Şebnem İbrahim Gülşen Ömer Ayşe Oğuz Şükrü Müge Işıl Çiğdem Barış Yiğit Özlem"
        " Uğur Gökçe Kadir Zeynep Hüseyin Dilek Süleyman Nurgül Mustafa Tuğba Doğan Ferhat"
        " Kıvanç Hülya Volkan Aslı Gürkan Sıla",
        (
            "Ak Altın Ars Ay Bal Boz Çak Çel Çet Dağ Demir Dur Er Gök Gül Güneş Kara Kaya Kılıç"
            " Kır Koç Kor Öz Polat Sarı Şah Şen Taş Tek Tun Uç Ulu Ün Yal Yıl Yük",
            "-oğlu -ay -er -can -lı -taş -kan -türk -man -soy -bay -demir -el -han -çı -maz",
        ),
        "İstanbul Diyarbakır Eskişehir Muğla Kütahya Çanakkale Şanlıurfa Iğdır Balıkesir Düzce",
        ("Türkiye", "90", "0"),
        "Mühendis Öğretmen Muhasebeci Müdür Hemşire Hukukçu Yazılımcı Satıcı",
    ),
    _language(
        "ru",
        "Юрий Наталья Дмитрий Екатерина Алексей Ольга Сергей Татьяна Андрей Людмила Михаил Жанна"
        " Евгений Ксения Николай Светлана Григорий Мария Виктор Полина Фёдор Анастасия Игорь"
        " Надежда Константин Валентина Павел Галина Аркадий Зинаида Роман Елизавета",
        (
            "Алекс Андре Белоу Бори Васи Воро Гор Гри Дмит Его Жура Заха Ива Каза Ки Козло Крав"
            " Куз Ла Мака Меду Миха Моро Не Ники Орло Пав Пет Ро Се Смир Соко Тара Тихо Фё Черны",
            "-нов -ров -ев -ин -ский -ченко -лов -ков -шин -мов -енко -цев -тин -дов -ненко",
        ),
        "Москва Воронеж Казань Омск Ярославль Хабаровск Челябинск Тюмень Самара Киров",
        ("Россия", "7", "8"),
        "Инженер Бухгалтер Директор Врач Юрист Редактор Закупщик Архитектор",
    ),
    _language(
        "el",
        "Γιώργος Μαρία Δημήτρης Ελένη Κώστας Αικατερίνη Νίκος Βασιλική Παναγιώτης Σοφία Θανάσης"
        " Χριστίνα Ευάγγελος Δέσποινα Στέλιος Φωτεινή Μιχάλης Ξανθή Ηλίας Ζωή Λεωνίδας Ιωάννα"
        " Πέτρος Κυριακή Γρηγόρης Αθηνά Χρήστος Μαργαρίτα Τάσος Ευτυχία",
        (
            "Αγγελό Αθανα Αλεξί Αναστα Αντωνι Βασιλε Γεωργι Γιαννα Δημη Ευαγγε Ζαχα Θεοδω Ιωαννί"
            " Καρα Κατσι Κωνστα Λιβα Μακρή Μαν Μιχα Μου Νικολα Ξενά Οικονο Παναγιω Παπα Πετρί Σαρ"
            " Σταμα Στε Τριαντα Φιλι Φω Χατζη Χρι Ψαρ",
            "-πουλος -ίδης -άκης -όπουλος -ιάδης -έας -άκος -ούδης -δάκης -λας -ρας -νος -λίδης",
        ),
        "Αθήνα Θεσσαλονίκη Πάτρα Ηράκλειο Λάρισα Βόλος Ιωάννινα Χανιά Καβάλα Ρόδος",
        ("Ελλάδα", "30", ""),
        "Μηχανικός Λογιστής Διευθυντής Γιατρός Δικηγόρος Συντάκτης Αγοραστής Αρχιτέκτονας",
    ),
    _language(
        "zh",
        "小明 建国 丽华 秀英 伟强 志远 晓燕 海燕 文博 雪梅 国栋 春梅 子涵 浩然 欣怡 俊杰 思远 玉兰"
        " 宇航 佳琪 永康 明辉 婷婷 志强 慧敏 天佑 晨曦 美玲 立新 家豪 静怡 学文",
        (
            "王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯"
            " 邓 曹 彭 曾 萧 田 董 潘 袁 蔡 蒋 余 欧阳 司马 上官 诸葛",
            "-",
        ),
        "北京 上海 广州 深圳 成都 杭州 武汉 南京 西安 重庆",
        ("中国", "86", "0"),
        "工程师 会计 经理 医生 律师 编辑 采购 设计师",
    ),
)
