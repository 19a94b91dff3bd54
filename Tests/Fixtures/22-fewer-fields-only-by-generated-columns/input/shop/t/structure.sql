CREATE TABLE `t` (`a` int, `g` int GENERATED ALWAYS AS (`a` + 1) STORED, `b` text);
