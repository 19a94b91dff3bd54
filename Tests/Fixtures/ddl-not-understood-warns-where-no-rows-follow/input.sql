CREATE TABLE `ok` (`a` int);
INSERT INTO `ok` VALUES (1);
CREATE TABLE `t` (`id` int, FROBNICATED THING `x` (`id`), `v` text);
CREATE TABLE `u` LIKE `nobody`;
CREATE TABLE `s` AS SELECT 1;
