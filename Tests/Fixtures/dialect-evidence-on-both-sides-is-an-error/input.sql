SET client_encoding = 'UTF8';
INSERT INTO `t` VALUES (1,'x');
