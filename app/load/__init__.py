"""The load generator: phones, a host and a server to press, and the figures that come of it.

It knows the program only by its protocol and its commands, as an outside client would. One epoll loop for each
process of phones, without gevent: a greenlet for each phone would cost more than the server it measures.
"""
