"""The function table: which unit or position does which function, decides it, is asked, is told."""
