"""A long, bad wire: two network devices, and frames carried between them, each after a while, some of them never.

wire.py NAMESPACE DEVICE NAMESPACE DEVICE DELAY_MS LOST_PER_MILLE
"""

import collections
import fcntl
import os
import random
import select
import struct
import subprocess
import sys
import time

TUNSETIFF, IFF_TAP, IFF_NO_PI = 0x400454CA, 0x0002, 0x1000


def end(namespace, device):
    """One end, made under a name that nobody has and then put where it belongs."""
    name = f"lsw{os.getpid()}"
    tap = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TAP | IFF_NO_PI))
    subprocess.run(["ip", "link", "set", name, "netns", namespace, "name", device], check=True)
    return tap


delay, lost = float(sys.argv[5]) / 1000, float(sys.argv[6]) / 1000
ends = [end(*sys.argv[1:3]), end(*sys.argv[3:5])]
other = {ends[0]: ends[1], ends[1]: ends[0]}
on_its_way = collections.deque()
print("ready", flush=True)
while True:
    wait = max(0, on_its_way[0][0] - time.monotonic()) if on_its_way else None
    for tap in select.select(ends, [], [], wait)[0]:
        try:
            frame = os.read(tap, 65536)
        except OSError:
            # The end is down.
            time.sleep(0.01)
            continue
        if random.random() >= lost and len(on_its_way) < 10000:
            on_its_way.append((time.monotonic() + delay, other[tap], frame))
    while on_its_way and on_its_way[0][0] <= time.monotonic():
        _, tap, frame = on_its_way.popleft()
        try:
            os.write(tap, frame)
        except OSError:
            pass
