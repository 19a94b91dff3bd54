CREATE TABLE `ok` (`a` int);
INSERT INTO `ok` VALUES (1);
CREATE TABLE `t` (`id` int, FROBNICATED THING `x` (`id`), `v` text);
INSERT INTO `t` VALUES (1,'a');
