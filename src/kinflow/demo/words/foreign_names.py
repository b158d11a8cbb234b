"""Names of people abroad by culture: family names, given names; in Latin letters, as on a business card."""
# ruff: noqa: E501 (each phrase and each row stands on one line)

NAMES: dict[str, tuple[str, str]] = {
    "german": (
        "Müller Schmidt Schneider Fischer Weber Wagner Becker Hoffmann Koch Richter Klein Wolf Neumann Schwarz Zimmermann "
        "Braun Krüger Hartmann Lange Werner Krause Lehmann Köhler Maier Huber Kaiser Vogt Brandt Seidel Pohl",
        "Thomas Michael Andreas Stefan Christian Markus Sabine Petra Susanne Katrin Jürgen Matthias Uwe Anja Claudia "
        "Jan Florian Tobias Julia Lena Felix Martin Frank Heike Sven",
    ),
    "spanish": (
        "García González Rodríguez Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno "
        "Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres Domínguez Vázquez Ramos Gil Ramírez Serrano Molina Ortega",
        "Antonio José Manuel Francisco Javier Carlos Miguel Rafael Pedro Ángel Alejandro Fernando Sergio Pablo Jorge "
        "Carmen María Ana Laura Cristina Marta Lucía Elena Pilar Rosa Beatriz",
    ),
    "italian": (
        "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Mancini Costa Giordano",
        "Marco Andrea Francesco Alessandro Matteo Luca Giovanni Paolo Roberto Stefano Giulia Chiara Francesca Elena Sara",
    ),
    "dutch": (
        "de Jong|Jansen|de Vries|van den Berg|Bakker|van Dijk|Visser|Smit|Meijer|de Boer|Mulder|Dekker|Brouwer|de Wit",
        "Jan Pieter Willem Hendrik Joost Maarten Bas Jeroen Anne Marieke Sanne Ingrid Femke",
    ),
    "polish": (
        "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Mazur",
        "Piotr Krzysztof Andrzej Tomasz Paweł Marcin Michał Grzegorz Anna Katarzyna Małgorzata Agnieszka",
    ),
    "english": (
        "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green "
        "Hall Wood Jackson Clarke Harris Turner Hughes Edwards Parker Cooper Ward Morris Bennett Foster",
        "James David John Michael Robert Paul Mark Andrew Peter Steven Susan Karen Sarah Emma Laura Helen Rachel Kevin "
        "Brian Daniel Matthew Emily Jennifer Scott",
    ),
    "portuguese": (
        "Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Ribeiro Carvalho Almeida Rocha Barbosa",
        "João Pedro Lucas Rafael Marcelo Eduardo Fernando Ricardo Ana Juliana Mariana Patrícia Camila Bruno Gustavo",
    ),
    "russian": (
        "Smirnov Ivanov Kuznetsov Popov Sokolov Lebedev Kozlov Novikov Morozov Volkov Solovyov Vasilyev Zaitsev Pavlov "
        "Golubev Vinogradov Bogdanov Fyodorov Belyaev Tarasov",
        "Alexander Sergey Dmitry Andrey Alexey Maxim Evgeny Ivan Mikhail Nikolay Pavel Oleg Igor Denis Roman",
    ),
    "kazakh": (
        "Akhmetov Omarov Suleimenov Kairatov Iskakov Nurlanov Abdrakhmanov Zhumabekov Serikov Baimukhanov",
        "Nursultan Askar Daulet Yerlan Marat Aigerim Dinara Bolat Timur Aidar",
    ),
    "korean": (
        "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song",
        "Min-jun Seo-jun Ji-ho Hyun-woo Jun-seo Dong-hyun Sung-min Ji-hoon Soo-jin Ji-won Min-ji Hye-jin Eun-ji Tae-yang",
    ),
    "japanese": (
        "Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Sasaki Matsumoto Inoue",
        "Hiroshi Takashi Kenji Makoto Satoshi Daisuke Kazuya Yuki Akiko Keiko Naoko Tomoko Shota Ryo",
    ),
    "vietnamese": (
        "Nguyen Tran Le Pham Hoang Vu Vo Dang Bui Do Ho Ngo Duong",
        "Van Hung|Minh Tuan|Quang Huy|Duc Anh|Thanh Son|Thi Lan|Thi Huong|Ngoc Mai|Thu Ha|Van Duc|Hai Nam",
    ),
    "thai": (
        "Srisuk Chaiyasit Wongsakul Rattanakorn Suwannarat Phromma Saetang Boonmee Kittisak Charoensuk",
        "Somchai Prasert Anan Nattapong Kittipong Siriporn Malee Supaporn Wichai Thanakorn",
    ),
    "malay": (
        "Hidayat Santoso Wijaya Kusuma Setiawan Nugroho Pratama Saputra Rahman Abdullah Ismail Hassan Gunawan Siregar",
        "Budi Agus Dewi Siti Ahmad Rizal Hendra Andi Rina Putri Yusuf Farid Nur Dian",
    ),
    "indian": (
        "Sharma Patel Singh Kumar Gupta Reddy Iyer Mehta Desai Joshi Nair Rao Verma Kulkarni Chatterjee Pillai",
        "Rajesh Sanjay Amit Anil Vikram Suresh Deepak Priya Anita Kavita Arjun Rahul Sunil Manoj Neha",
    ),
    "arabic": (
        "Al-Mansouri Al-Hashimi Al-Rashid Haddad Khalil Nasser Farouk Saleh Hamdan Al-Otaibi Al-Qahtani Mansour Ibrahim "
        "Abdelrahman Al-Zahrani Al-Suwaidi",
        "Ahmed Mohammed Khalid Omar Youssef Hassan Ali Tariq Faisal Sami Fatima Layla Mariam Nour Karim Walid",
    ),
    "turkish": (
        "Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Koç",
        "Mehmet Mustafa Ahmet Ali Hüseyin Emre Burak Murat Ayşe Elif Zeynep Selin Hakan Serkan",
    ),
    "african": (
        "Nkosi Dlamini Botha Naidoo Mokoena Pretorius Khumalo Venter Molefe Mahlangu",
        "Sipho Thabo Johan Pieter Lerato Nomsa Andre Kagiso Zanele Riaan",
    ),
}
