"""How a process is told to end."""

import signal
from threading import Event, Thread

ENDS = (signal.SIGTERM, signal.SIGINT)


def told_to_end() -> Event:
    """Return an event that is set once the process is told to end.

    A thread waits for the signal: a handler runs only once the main thread goes on, and a signal
    that another thread was given does not end the main thread's wait. To be called before other
    threads start, which inherit that the signals are not theirs; whoever started the process may
    have held the signals back, and they are heard all the same.
    """
    told = Event()
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)

    def wait() -> None:
        signal.sigwait(ENDS)
        told.set()

    Thread(target=wait, name="signals", daemon=True).start()
    return told
