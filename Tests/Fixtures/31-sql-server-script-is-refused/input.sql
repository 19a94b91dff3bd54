USE [shop]
GO
INSERT [dbo].[t] ([a]) VALUES (N'x')
GO
