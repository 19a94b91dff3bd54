-- MySQL dump 10.13
USE `../x`;
CREATE TABLE `a/b` (`a` int);
CREATE TABLE `.hidden.` (`a` int);
CREATE TABLE `ü x` (`a` int);
CREATE TABLE `a.b-c_d` (`a` int);
-- Dump completed on 2026-01-01
