-- MySQL dump 10.13  Distrib 8.4.0
INSERT INTO notes VALUES (1,'-- PostgreSQL database dump\n\\restrict x\nCOPY t FROM stdin;\nALTER TABLE ONLY t OWNER TO me; a::text'),(2,'C:\\new');
-- Dump completed
