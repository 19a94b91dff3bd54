/*!40101 SET NAMES binary*/;
CREATE TABLE `t` (
  `armscii8` varchar(9) CHARACTER SET armscii8,
  `big5` varchar(9) CHARACTER SET big5,
  `cp866` varchar(9) CHARACTER SET cp866,
  `dec8` varchar(9) CHARACTER SET dec8,
  `geostd8` varchar(9) CHARACTER SET geostd8,
  `greek` varchar(9) CHARACTER SET greek,
  `hebrew` varchar(9) CHARACTER SET hebrew,
  `keybcs2` varchar(9) CHARACTER SET keybcs2,
  `koi8u` varchar(9) CHARACTER SET koi8u,
  `macroman` varchar(9) CHARACTER SET macroman,
  `sjis` varchar(9) CHARACTER SET sjis,
  `swe7` varchar(9) CHARACTER SET swe7,
  `tis620` varchar(9) CHARACTER SET tis620,
  `ujis` varchar(9) CHARACTER SET ujis,
  `gb18030` varchar(9) CHARACTER SET gb18030,
  `latin1` varchar(9) CHARACTER SET latin1
) ENGINE=InnoDB;
INSERT INTO `t` VALUES ('¢≤','°E§§\\','¸Ä','È◊','Ä¿','°·','Ø‡','ÅÄ','ï§','∆ä','Å`É\\','[]{','Ä°','è¢∑ı°','¶ŸÅ5Ù7ê0Å0','ÄÅ');
