CREATE TABLE `k` (`a` int) ENGINE=InnoDB;
INSERT INTO `k` VALUES (1);
COPY k (a) FROM stdin;
2
\.
