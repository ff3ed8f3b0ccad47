"""The organisers' desk: unusual attempts, papers that resemble each other, figures."""
