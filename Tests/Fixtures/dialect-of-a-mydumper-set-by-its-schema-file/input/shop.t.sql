INSERT INTO t VALUES (1,'C:\\new ::1');
