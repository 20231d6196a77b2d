/** A file that a program prints to: bytes go in, and nothing of JavaScript can be reached through it. */

/** Emscripten's file system, as far as it is used here. */
export interface FileSystem {
  ErrnoError: new (errno: number) => Error;
  close(stream: object): void;
  createStream(stream: object, fd: number): void;
  makedev(major: number, minor: number): number;
  mkdev(path: string, mode: number, device: number): void;
  open(path: string, flags: string): object;
  registerDevice(device: number, operations: object): void;
}

/** Emscripten's number of "No space left on device". */
const ENOSPC = 51;

/** More than the harness lets through: only what goes round the harness gets here. */
const MOST_BYTES = 2 ** 20;

/** A device number that Emscripten has not taken, and descriptors that no program notices. */
const MAJOR = 99;
const FIRST_DESCRIPTOR = 4000;

let opened = 0;

/** Open a channel, and return the descriptor to write to; it takes so many bytes in all. */
export function openChannel(
  FS: FileSystem,
  name: string,
  receive: (text: string) => void,
  bytes: number = MOST_BYTES,
): number {
  const [device, fd] = [FS.makedev(MAJOR, opened), FIRST_DESCRIPTOR + opened];
  opened += 1;
  const decoder = new TextDecoder();
  let left = bytes;
  FS.registerDevice(device, {
    write(_: object, memory: Int8Array, offset: number, length: number): number {
      left -= length;
      if (left < 0) throw new FS.ErrnoError(ENOSPC);
      receive(decoder.decode(memory.slice(offset, offset + length), { stream: true }));
      return length;
    },
  });
  const path = `/dev/${name}-of-block`;
  FS.mkdev(path, 0o222, device);
  const stream = FS.open(path, "w");
  FS.createStream(stream, fd);
  FS.close(stream);
  return fd;
}
