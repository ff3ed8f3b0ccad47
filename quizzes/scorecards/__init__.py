"""Scorecards (bảng chấm điểm thi đua): criteria with points, scored by a chapter itself and verified by its parent."""
