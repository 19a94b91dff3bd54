CREATE TABLE `t` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT BY GROUP,
  `hidden` int DEFAULT '1' /*!80023 INVISIBLE */,
  `n` varchar(9) DEFAULT N'x, y' ENGINE_ATTRIBUTE='{"a": [1, 2]}' SECONDARY_ENGINE_ATTRIBUTE='{}',
  `u` varchar(9) CHARACTER SET latin1 DEFAULT _latin1'a)b' COLLATE latin1_bin,
  `s` set('a','b') DEFAULT NULL COLUMN_FORMAT DYNAMIC STORAGE MEMORY,
  `p` point NOT NULL /*!80003 SRID 4326 */,
  `c` varchar(9) /*M!100301 COMPRESSED*/ DEFAULT NULL,
  `w` int WITHOUT SYSTEM VERSIONING,
  `ref` varchar(9) REFERENCES `other` (`id`) ON DELETE SET NULL ON UPDATE SET NULL,
  `v` vector(2) DEFAULT NULL,
  `k` decimal(10,2) CHECK (`k` > 0) NOT ENFORCED VISIBLE,
  `b` bit(3) DEFAULT b'101',
  `g` int GENERATED ALWAYS AS (`id` + 1) VIRTUAL,
  `d` datetime DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  `coll` text COLLATE uca1400_ai_ci
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `t` (`id`,`n`,`u`,`s`,`p`,`c`,`w`,`ref`,`v`,`k`,`b`,`d`,`coll`) VALUES (1,N'é','a','a,b',0x00,'x',2,'r',0x0102,1.50,b'101','2024-01-01 00:00:00','t');
INSERT INTO `t` VALUES (2,'b','c','a',0x01,'x',2,'r',0x03,1.50,b'1','2024-01-01 00:00:00','t');
