"""The pages of a hall without internet."""
