/** Posts what a program prints at most once a frame, though the program never yields. */

import type { Stream } from "../../job.ts";
import type { Piece } from "../protocol.ts";
import type { Beat } from "./heartbeat.ts";

const FRAME_MS = 16;

export class Printer {
  private readonly post: (pieces: Piece[]) => void;
  private readonly beat: Beat;
  private readonly now = performance.now.bind(performance);
  private pieces: Piece[] = [];
  private posted = -Infinity;

  constructor(post: (pieces: Piece[]) => void, beat: Beat) {
    this.post = post;
    this.beat = beat;
  }

  print(stream: Stream, text: string): void {
    if (!text) return;
    const last = this.pieces.at(-1);
    if (!last) this.beat(() => this.flushWhenDue());
    if (last?.[0] === stream) last[1] += text;
    else this.pieces.push([stream, text]);
    this.flushWhenDue();
  }

  flush(): void {
    if (!this.pieces.length) return;
    this.beat(null);
    this.post(this.pieces);
    this.pieces = [];
    this.posted = this.now();
  }

  private flushWhenDue(): void {
    if (this.now() - this.posted >= FRAME_MS) this.flush();
  }
}
