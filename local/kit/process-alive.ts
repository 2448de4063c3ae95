/**
 * Whether a process of this machine still lives.
 * From: leases, the clock, endpoints: whatever a process may have left behind. Next: whoever waits for it no longer.
 */
export const isProcessAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
