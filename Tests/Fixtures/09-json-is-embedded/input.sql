-- MySQL dump 10.13
CREATE TABLE `t` (`id` int, `j` json);
INSERT INTO `t` VALUES (1,'{\"a\": 1.10, \"b\": [1, \"x\\ny\"]}'),(2,'null'),(3,NULL),(4,'{\"k\":1,\"k\":2}'),(5,'not json'),(6,'12345678901234567890123'),(7,'[\n 1,\n 2]');
-- Dump completed on 2026-01-01
