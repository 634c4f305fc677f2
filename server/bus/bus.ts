import { randomBytes } from 'node:crypto';
import { openChannel } from './channel.ts';
import { fits, unpack, type BusMessage, type PresenceMessage } from './messages.ts';
import { createOutgoing } from './outgoing.ts';

/** The line between processes over one database. A process that is alone says nothing on it. */
export interface Bus {
  /** Whether some other process wants to hear of this room. */
  wants(room: string): boolean;
  /**
   * To all others; dropped when there are none. A later message with the same `key` takes the place of one that has not left yet.
   * @returns false when it is too large to be sent at all.
   */
  publish(message: BusMessage, key?: string): boolean;
  /** Wakes the processes that take runs from the queue. */
  wake(): void;
  /** This process wants to hear of a room, or does no longer. */
  join(room: string): void;
  leave(room: string): void;
  /** Called with each message of another process. */
  onMessage(listener: (message: BusMessage) => void): void;
  /** Called when messages may have been missed: the connection was lost and is back. */
  onResync(listener: () => void): void;
  /** Called when another process wants to hear of rooms it did not want before. */
  onJoin(listener: (rooms: readonly string[]) => void): void;
  /** Other processes there are, as far as is known. */
  readonly peers: number;
  close(): Promise<void>;
}

interface Peer {
  takes: boolean;
  rooms: Set<string>;
  heardAt: number;
}

const beatMs = 5_000;
/** Who was silent for this long is taken for gone. */
const silentMs = 16_000;
/** Rooms named in one message. */
const roomsAtOnce = 100;

export interface BusOptions {
  url: string;
  /** This process takes runs from the queue. */
  takes: boolean;
  report(error: unknown): void;
}

/** Connects, and asks who is there. */
export async function openBus({ url, takes, report }: BusOptions): Promise<Bus> {
  const self = randomBytes(6).toString('hex');
  const peers = new Map<string, Peer>();
  const rooms = new Set<string>();
  const listeners: ((message: BusMessage) => void)[] = [];
  const resyncs: (() => void)[] = [];
  const joins: ((rooms: readonly string[]) => void)[] = [];
  let comesBack = false;
  let mustAnnounce = false;

  const outgoing = createOutgoing(
    self,
    async (payloads) => {
      if (channel.isUp) await channel.send(payloads);
    },
    (error) => {
      report(error);
      // Among what is lost may be what we want to hear.
      mustAnnounce = true;
    },
  );
  const say = (message: BusMessage | PresenceMessage, key?: string): void =>
    outgoing.push(JSON.stringify(message), key);

  function sayHere(): void {
    const all = [...rooms];
    say({ type: 'here', takes, rooms: all.slice(0, roomsAtOnce) });
    for (let i = roomsAtOnce; i < all.length; i += roomsAtOnce)
      say({ type: 'join', rooms: all.slice(i, i + roomsAtOnce) });
  }

  function announce(): void {
    say({ type: 'hello' });
    sayHere();
  }

  function peerOf(sender: string): Peer {
    const known = peers.get(sender);
    if (known) return known;
    const peer = { takes: false, rooms: new Set<string>(), heardAt: 0 };
    peers.set(sender, peer);
    return peer;
  }

  /** @returns true for what is about presence. */
  function notePresence(sender: string, message: BusMessage | PresenceMessage): message is PresenceMessage {
    const isNew = !peers.has(sender);
    if (message.type === 'bye') {
      peers.delete(sender);
      return true;
    }
    const peer = peerOf(sender);
    peer.heardAt = Date.now();
    switch (message.type) {
      case 'hello':
        sayHere();
        return true;
      case 'here':
        peer.takes = message.takes;
        peer.rooms = new Set(message.rooms);
        for (const listener of joins) listener(message.rooms);
        return true;
      case 'join':
        for (const room of message.rooms) peer.rooms.add(room);
        for (const listener of joins) listener(message.rooms);
        return true;
      case 'leave':
        for (const room of message.rooms) peer.rooms.delete(room);
        return true;
      case 'beat':
        if (isNew) announce();
        return true;
      default:
        if (isNew) announce();
        return false;
    }
  }

  function receive(payload: string): void {
    const parcel = unpack(payload);
    if (!parcel || parcel.sender === self) return;
    for (const message of parcel.messages) {
      if (notePresence(parcel.sender, message)) continue;
      for (const listener of listeners) listener(message);
    }
  }

  const channel = await openChannel({
    url,
    report,
    onPayload: receive,
    onUp: () => {
      if (comesBack) {
        announce();
        for (const listener of resyncs) listener();
      }
      comesBack = true;
    },
    onDown: () => {
      peers.clear();
      outgoing.clear();
    },
  });
  announce();

  const timer = setInterval(() => {
    const now = Date.now();
    for (const [id, peer] of peers) {
      // It may only have been held up; then it answers.
      if (now - peer.heardAt > silentMs) mustAnnounce = peers.delete(id);
    }
    if (mustAnnounce) announce();
    else if (peers.size > 0) say({ type: 'beat' });
    mustAnnounce = false;
  }, beatMs);
  timer.unref();

  return {
    wants(room) {
      for (const peer of peers.values()) if (peer.rooms.has(room)) return true;
      return false;
    },
    publish(message, key) {
      if (peers.size === 0) return true;
      const json = JSON.stringify(message);
      if (!fits(json)) return false;
      outgoing.push(json, key);
      return true;
    },
    wake() {
      for (const peer of peers.values()) if (peer.takes) return say({ type: 'wake' }, 'wake');
    },
    join(room) {
      rooms.add(room);
      if (peers.size > 0) say({ type: 'join', rooms: [room] });
    },
    leave(room) {
      rooms.delete(room);
      if (peers.size > 0) say({ type: 'leave', rooms: [room] });
    },
    onMessage: (listener) => void listeners.push(listener),
    onResync: (listener) => void resyncs.push(listener),
    onJoin: (listener) => void joins.push(listener),
    get peers() {
      return peers.size;
    },
    async close() {
      clearInterval(timer);
      if (peers.size > 0) say({ type: 'bye' });
      await outgoing.idle();
      await channel.close();
    },
  };
}
