CREATE TABLE `k` (`a` int, `s` text);
INSERT INTO `k` VALUES (1,'x');
INSER INTO `k` VALUES (2,'don''t; stop'); INSERT INTO `k` VALUES (3,'y');
INSER INTO `k` VALUES (4,'it''s
');
The server can't go on
and it said nothing
INSERT INTO `k` VALUES (5,'z');
