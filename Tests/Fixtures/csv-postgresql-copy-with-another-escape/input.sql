COPY public.t (a, b) FROM stdin WITH (FORMAT csv, ESCAPE '\');
"a\"b","a""b"
"C:\new",a\
\.
