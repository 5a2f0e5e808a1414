# Every kind of blocking call, made directly in async code.  notes: silent
import concurrent.futures
import io
import os
import queue
import shutil
import socket
import sqlite3
import subprocess
import threading
import time
import time as clock
import urllib.request
from pathlib import Path
from time import sleep as nap

import httpx
import requests
import urllib3

lock = threading.Lock()
ready = threading.Event()
jobs = queue.Queue(maxsize=3)
session = requests.Session()


async def sleeps():
    time.sleep(1)  # expect: blocking-sleep
    clock.sleep(1)  # expect: blocking-sleep
    nap(1)  # expect: blocking-sleep
    pause = time.sleep
    pause(1)  # expect: blocking-sleep


async def http(pool: urllib3.PoolManager):
    requests.get("u")  # expect: blocking-http
    session.post("u")  # expect: blocking-http
    with requests.Session() as own:
        own.get("u")  # expect: blocking-http
    urllib.request.urlopen("u")  # expect: blocking-http
    httpx.get("u")  # expect: blocking-http
    with httpx.Client() as client:
        client.get("u")  # expect: blocking-http
    pool.request("GET", "u")  # expect: blocking-http
    async with httpx.AsyncClient() as fine:
        await fine.get("u")


async def processes():
    subprocess.run(["ls"])  # expect: blocking-process
    subprocess.check_output(["ls"])  # expect: blocking-process
    process = subprocess.Popen(["ls"])  # expect: blocking-process
    process.wait()  # expect: blocking-process
    process.communicate()  # expect: blocking-process
    os.system("ls")  # expect: blocking-process
    os.popen("ls")  # expect: blocking-process
    os.spawnl(os.P_WAIT, "ls")  # expect: blocking-process
    os.posix_spawn("ls", [], {})  # expect: blocking-process
    os.waitpid(1, 0)  # expect: blocking-process
    os.waitpid(1, os.WNOHANG)


async def files():
    with open("x") as file:
        file.read()  # expect: blocking-file
        for line in file:  # expect: blocking-file
            print(line)
    handle = io.open("x")
    handle.write("y")  # expect: blocking-file
    handle.close()
    Path("x").read_text()  # expect: blocking-file
    (Path("x") / "y").write_bytes(b"")  # expect: blocking-file
    folder = Path.home()
    for entry in folder.iterdir():  # expect: blocking-file
        print(entry)
    shutil.copyfile("x", "y")  # expect: blocking-file
    os.path.join("a", "b")
    os.path.normpath("a")
    await __import__("asyncio").to_thread(time.sleep, 1)


async def sockets():
    plain = socket.socket()
    plain.connect(("h", 1))  # expect: blocking-socket
    plain.recv(10)  # expect: blocking-socket
    socket.getaddrinfo("h", 80)  # expect: blocking-socket
    socket.create_connection(("h", 80))  # expect: blocking-socket


async def databases():
    db = sqlite3.connect("x")  # expect: blocking-database
    cursor = db.cursor()
    cursor.execute("select 1")  # expect: blocking-database
    cursor.fetchall()  # expect: blocking-database
    db.commit()  # expect: blocking-database


async def threads():
    ready.wait()  # expect: blocking-lock
    lock.acquire()  # expect: blocking-lock
    lock.acquire(blocking=False)
    worker = threading.Thread(target=print)
    worker.start()
    worker.join()  # expect: blocking-join
    jobs.get()  # expect: blocking-queue
    jobs.get(block=False)
    jobs.get_nowait()
    jobs.put(1)  # expect: blocking-queue
    jobs.join()  # expect: blocking-queue
    with concurrent.futures.ThreadPoolExecutor() as pool:
        future = pool.submit(print)
        future.result()  # expect: blocking-join
        pool.submit(print).result()  # expect: blocking-join
    name = input()  # expect: blocking-input
    return name
