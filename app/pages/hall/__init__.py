"""What a hall without internet needs."""
