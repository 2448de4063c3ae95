/**
 * Whether a process of this machine still lives.
 * From: the leases of timers and change feeds. Next: whoever waits for a lease of a dead owner.
 */
export const isProcessAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
