CREATE TABLE `t` (`id` int, FROBNICATED THING `x` (`id`), `v` text);
INSERT INTO `t` (`id`,`v`) VALUES (1,'a');
