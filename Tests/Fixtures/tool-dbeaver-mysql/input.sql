-- shop.items definition

CREATE TABLE `items` (
  `id` int NOT NULL AUTO_INCREMENT,
  `name` varchar(60) DEFAULT NULL COMMENT 'it''s; a "name"',
  `price` decimal(10,2) DEFAULT '0.00',
  `flags` bit(4) DEFAULT NULL,
  `data` blob,
  `at` datetime DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB AUTO_INCREMENT=4 DEFAULT CHARSET=utf8mb4;

INSERT INTO items (name,price,flags,`data`,`at`,id) VALUES
	 ('it''s "here" in C:\\new',1.10,5,0x00FF275C,'2026-01-01 00:00:00',1),
	 ('two
lines; 中 😀',-0.50,NULL,NULL,NULL,2);
INSERT INTO items (name,price,flags,`data`,`at`,id) VALUES
	 (NULL,NULL,0,'','0000-00-00 00:00:00',3);
