# WordPress MySQL database backup
# Created by UpdraftPlus version 1.24.1 (https://updraftplus.com)
# WordPress Version: 6.4.2, running on PHP 8.2.7 (Apache), MySQL 10.11.6-MariaDB
# Backup of: https://example.com
# Home URL: https://example.com
# Table prefix: wp_
# Site info: multisite=0
# Site info: sql_mode=NO_ENGINE_SUBSTITUTION
# Site info: end

# Generated: Thursday 1. January 2026 00:00 UTC
# Hostname: localhost
# Database: `shop`
# --------------------------------------------------------

/*!40101 SET NAMES utf8mb4 */;
/*!40101 SET foreign_key_checks = 0 */;

# --------------------------------------------------------
# Table: `wp_options`
# --------------------------------------------------------


#
# Delete any existing table `wp_options`
#

DROP TABLE IF EXISTS `wp_options`;


#
# Table structure of table `wp_options`
#

CREATE TABLE `wp_options` (
  `option_id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `option_name` varchar(191) NOT NULL DEFAULT '',
  `option_value` longtext NOT NULL,
  `autoload` varchar(20) NOT NULL DEFAULT 'yes',
  PRIMARY KEY (`option_id`),
  UNIQUE KEY `option_name` (`option_name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 ;
 
#
# Data contents of table `wp_options`
#
 
INSERT INTO `wp_options` (`option_id`, `option_name`, `option_value`, `autoload`) VALUES (1, 'siteurl', 'https://example.com', 'yes'), 
(2, 'widget', 'a:1:{s:4:\"text\";s:9:\"it\'s; x\\n\";}', 'yes'), 
(3, 'lines', 'one\r\n# two\r\n-- three\n/* four', 'no') ;
INSERT INTO `wp_options` (`option_id`, `option_name`, `option_value`, `autoload`) VALUES (4, 'class', 'Vendor\\Name::method', 'no') ;
# End of data contents of table `wp_options` (estimated number of records: 4)
