CREATE TABLE `t` (a text) ENGINE=InnoDB;
INSERT INTO `t` VALUES ('-- PostgreSQL database dump\n-- MySQL dump');
