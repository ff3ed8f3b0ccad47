"""The shell: everything that touches the world. Imports nothing, so that the way in stays light."""
