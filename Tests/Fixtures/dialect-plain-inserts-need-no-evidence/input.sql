INSERT INTO Hosts VALUES (1,'it''s ::1'),(2,NULL);
