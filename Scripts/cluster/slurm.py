"""A Slurm of one node by itself: its own keys, ports and folders, on this machine's own address, and nothing left of it in the end."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time

PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "sinfo"]

CONFIGURATION = """
ClusterName=check
SlurmctldHost={host}({address})
SlurmctldPort={controller}
SlurmdPort={daemon}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=100000
ReturnToService=2
InactiveLimit=0
KillWait=2
MinJobAge=300
SlurmdParameters=config_overrides
NodeName={host} NodeAddr={address} CPUs={processors} RealMemory=1000000 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


class Unavailable(Exception):
    """Why there is no Slurm here."""


class Slurm:
    """Started when it is made; `stop` ends it."""

    def __init__(self, folder):
        self.folder, self.children = folder, []
        path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
        lacking = [name for name in PROGRAMS if not shutil.which(name, path=path)]
        if lacking:
            raise Unavailable(f"{', '.join(lacking)} not on the path (Debian: slurm-wlm, munge)")
        self.environment = dict(os.environ, PATH=path, SLURM_CONF=f"{folder}/slurm.conf")
        # What an outer Slurm set must not reach this one.
        for name in list(self.environment):
            if name.startswith(("SLURM_", "SBATCH_", "SQUEUE_")) and name != "SLURM_CONF":
                del self.environment[name]
        try:
            self.start()
        except BaseException:
            self.stop()
            raise

    def start(self):
        """Keys, munged, the controller and the daemon of the node."""
        for name in ("state", "spool"):
            os.makedirs(f"{self.folder}/{name}")
        # munged wants a path that others cannot write to, and clients a socket that they can reach.
        os.chmod(self.folder, 0o755)
        with open(os.open(f"{self.folder}/munge.key", os.O_CREAT | os.O_WRONLY, 0o400), "wb") as file:
            file.write(os.urandom(128))
        kinds = ("key-file", "socket", "pid-file", "log-file", "seed-file")
        names = [f"--{kind}={self.folder}/munge.{kind.split('-')[0]}" for kind in kinds]
        self.run(["munged", "--foreground", "--force", "--num-threads=2", *names])
        self.wait(lambda: os.path.exists(f"{self.folder}/munge.socket"), "munged")
        ports = []
        for _ in range(2):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                ports.append(free.getsockname()[1])
        with open(f"{self.folder}/slurm.conf", "w", encoding="utf-8") as file:
            file.write(CONFIGURATION.format(
                host=os.uname().nodename.split(".")[0], address="127.0.0.1", controller=ports[0], daemon=ports[1], folder=self.folder,
                user=pwd.getpwuid(os.geteuid()).pw_name, processors=os.cpu_count()))
        self.run(["slurmctld", "-D", "-i"])
        self.run(["slurmd", "-D"])
        self.wait(lambda: "idle" in self.ask(["sinfo", "-h", "-o", "%t"]).stdout, "the node")

    def run(self, words):
        """Starts a daemon in the foreground, in a group of its own."""
        log = open(f"{self.folder}/{words[0]}.out", "wb")
        self.children.append(subprocess.Popen(
            words, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True))
        log.close()

    def wait(self, ready, what, seconds=20):
        """Until something is there; says why a daemon ended."""
        end = time.monotonic() + seconds
        while not ready():
            dead = [child for child in self.children if child.poll() is not None]
            if dead or time.monotonic() > end:
                raise Unavailable(f"{what} did not come up: {self.last_words()}")
            time.sleep(0.1)

    def last_words(self):
        """The ends of the logs."""
        words = []
        for name in sorted(os.listdir(self.folder)):
            if name.endswith((".log", ".out")):
                with open(f"{self.folder}/{name}", errors="replace", encoding="utf-8") as file:
                    words += [f"{name}: {line.strip()}" for line in file.readlines()[-2:]]
        return "; ".join(words) or "no log"

    def ask(self, words):
        """Runs a client."""
        return subprocess.run(words, env=self.environment, capture_output=True, text=True, timeout=20, check=False)

    def submit(self, words, environment, seconds=60):
        """Submits a job array and waits for its end."""
        done = subprocess.run(words, env=dict(self.environment, **environment), capture_output=True, text=True, timeout=20, check=False)
        if done.returncode:
            raise RuntimeError(f"sbatch refused: {done.stderr.strip()}")
        end = time.monotonic() + seconds
        while self.ask(["squeue", "-h", "-o", "%i"]).stdout.strip():
            if time.monotonic() > end:
                queue = self.ask(["squeue", "-h", "-r", "-o", "%i %t %r"]).stdout.strip()
                raise RuntimeError(f"the array did not end in {seconds} s: {queue}; {self.last_words()}")
            time.sleep(0.2)
        return done.stdout

    def stop(self):
        """Ends what was started, in the reverse order."""
        for child in reversed(self.children):
            for number in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(child.pid, number)
                    child.wait(8)
                except ProcessLookupError:
                    break
                except subprocess.TimeoutExpired:
                    continue
        self.children = []
