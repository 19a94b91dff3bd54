CREATE TABLE `t` (
  `id` int, `j` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`j`)),
  `J2` longtext CHECK(JSON_VALID(`j2`)) COMMENT 'x',
  `g` varchar(9) GENERATED ALWAYS AS (if(json_valid(`j`),'1','007')) STORED,
  `d` varchar(9) DEFAULT if(json_valid('1'),'5','6'),
  `o` text CHECK (`o` = 'x' or json_valid(`o`)),
  `other` text CHECK (json_valid(`j`)),
  `not` text CHECK (not json_valid(`not`)),
  `c` text,
  CONSTRAINT `k` CHECK (json_valid(`c`))
);
INSERT INTO `t` VALUES (1,'{\"a\": 1.0}','[1]','007','1.0','2','{}','{','[]');
