CREATE TABLE `t` (`id` int, FROBNICATED THING `x` (`id`));
