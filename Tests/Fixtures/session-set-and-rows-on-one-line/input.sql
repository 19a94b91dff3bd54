SET client_encoding = 'UTF8';
SET search_path = a;INSERT INTO k VALUES (1);SET search_path = b;INSERT INTO k VALUES (2);SET standard_conforming_strings = off;INSERT INTO k VALUES ('\t');
