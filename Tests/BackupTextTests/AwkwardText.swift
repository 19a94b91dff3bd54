/// Text with every awkward thing in it, for each format.
enum AwkwardText {
    static let csv: [UInt8] = Array(
        """
        a,b,c
        1,"say ""hi"\"",\\N
        2,"two
        lines, and a comma",NULL
        "","",
        ,,
        3,"back\\\\slash \\" tab \\t",x\\ty

        4,"\\N","NULL"
        5,caf\u{E9} \u{1F600},"\u{0}\u{1}\u{1F}"
        \\N,\\\\N,"\u{FEFF}"
        "unfinished"x,b,c
        6,too,many,fields
        7
        8,"a\r\nb",c\rd\r
        9,\\,"q"
        10,"last",line
        """.utf8)

    static let copy: [UInt8] = Array(
        """
        1\ttext\t\\N
        2\ta\\tb\\nc\\\\d\\.\t\\x41\\101\\7
        3\t\t
        \\N\t\\\\N\t"quotes"
        4\tcaf\u{E9} \u{1F600}\t'

        5\ttoo\tmany\tfields
        6\t\\b\\f\\r\\v\\q\\x\tlast
        \\.
        7\tnever\tread
        """.utf8)

    static let mysql = """
        /*M!999999\\- enable the sandbox mode */
        -- MySQL dump 10.13  Distrib 9.7, for Linux
        -- Host: localhost    Database: shop
        /*!40101 SET NAMES utf8mb4 */;
        /*!50503 SET character_set_client = utf8mb4 */;
        # a comment with 'a quote
        CREATE TABLE `odd``name` (
          `id` int NOT NULL AUTO_INCREMENT COMMENT 'it''s; a "comment"',
          `text` varchar(20) DEFAULT 'a,b)',
          `bits` bit(8), `blob` blob, `price` decimal(10,2), `j` json,
          PRIMARY KEY (`id`), KEY `k` (`text`(10))
        ) ENGINE=InnoDB COMMENT='); INSERT INTO `fake` VALUES (1);';
        /* INSERT INTO `fake` VALUES (1); */
        INSERT INTO `odd``name` VALUES (1,'it''s','\\0',_binary 'a\\0\\'b',1.10,'{\\"a\\": [1, 2]}'),
        (2,"double ""quotes"\"",b'101',0x00FF,-0.50,NULL) , \
        (3,'\\\\','\u{1}',x'',7,'null'),(4,'\\%\\_\\q\\Z',NULL,NULL,NULL,NULL)
        /* between */ ,(5,'caf\u{E9} \u{1F600}',255,'--',.5,'1');
        INSERT DELAYED IGNORE INTO `odd``name` (`text`,`id`) VALUES ('a;b',6),(N'n',7),(_utf8mb4'u',-8);
        REPLACE INTO shop.`odd``name` (`id`) VALUES (9),(DEFAULT),(10) ON DUPLICATE KEY UPDATE `text`='x;y';
        INSERT INTO `odd``name` VALUES (1,CONCAT('a','b'),1,1,1,1);
        INSERT INTO `odd``name` VALUES (11);
        INSERT INTO `odd``name` SELECT * FROM `other`;
        DELIMITER ;;
        CREATE TRIGGER `t` BEFORE INSERT ON `x` FOR EACH ROW BEGIN INSERT INTO `fake` VALUES (1); END ;;
        DELIMITER ;
        USE `other`;
        INSERT INTO `t` VALUES (),(1,2),();
        INSERT INTO `t` () VALUES ();
        LOCK TABLES `t` WRITE;
        INSERT INTO `u` VALUES (1e5,-1.5E-10,TRUE,'',+3);
        -- Dump completed on 2026-01-01
        """

    static let postgres = """
        --
        -- PostgreSQL database dump
        --
        \\restrict abc
        SET client_encoding = 'UTF8';
        SELECT pg_catalog.set_config('search_path', '', false);
        /* nested /* COPY public.fake (a) FROM stdin; */ comment */
        CREATE FUNCTION public.f() RETURNS void LANGUAGE plpgsql AS $_$
        BEGIN INSERT INTO public.fake VALUES ($1); END $_$;
        CREATE DOMAIN public.money2 AS numeric(10,2) CHECK ((VALUE > 0));
        CREATE TABLE public."Odd "\"Name" (id integer NOT NULL, t text DEFAULT 'a;b'::text, n public.money2, b \
        boolean, a integer[], j jsonb, y bytea);
        COPY public."Odd "\"Name" (id, t, n, b, a, j, y) FROM stdin;
        1\ttab\\there\t1.10\tt\t{1,NULL,3}\t{"a": 1}\t\\\\x00ff
        2\t\\N\t\\N\t\\N\t\\N\t\\N\t\\N
        3\tcaf\u{E9}\\\\ \\. end\tNaN\tf\t[0:1]={1,2}\t"x"\tabc\\\\000
        \\.
        CREATE TABLE public.n ();
        COPY public.n  FROM stdin;


        \\.
        INSERT INTO public."Odd "\"Name" VALUES (4, E'tab\\there\\u00e9\\'', 2.50::numeric, true, '{}', '[]'::jsonb, \
        '\\x41');
        INSERT INTO public."Odd "\"Name" (id, t) OVERRIDING SYSTEM VALUE VALUES (5, $q$it's; $x$ here$q$), (6, \
        'back\\slash') ON CONFLICT DO NOTHING;
        INSERT INTO public."Odd "\"Name" (id, t) VALUES (7, now());
        INSERT INTO public."Odd "\"Name" DEFAULT VALUES;
        INSERT INTO public.bits VALUES (B'101', X'1F', -5, 'x'::character varying(3));
        \\connect other
        COPY public.t (a) FROM stdin;
        1
        \\.
        \\unrestrict abc
        -- PostgreSQL database dump complete
        """
}
