// Loaded before the Playground (node -r): keeps it on this machine, and bound to its parent.
//
// The Playground listens on all interfaces and has no switch for that. Whoever reaches it can talk
// to a bot that lets everybody in, so every TCP server of the process is held to 127.0.0.1 here.
// It also opens no browser of its own, and ends when the program that started it ends, however.
"use strict";

const net = require("node:net");

const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function listenOnLoopback(first, ...rest) {
  const isOptions = first !== null && typeof first === "object";
  const port = isOptions ? first.port : first;
  if (port === undefined || Number.isNaN(Number(port))) {
    return listen.call(this, first, ...rest); // a pipe or a handle: not reachable from outside
  }
  this.on("upgrade", (_request, socket) => leaveAtOnce(socket));
  const callback = rest.filter((argument) => typeof argument === "function");
  return listen.call(this, { ...(isOptions ? first : {}), port, host: "127.0.0.1" }, ...callback);
};

// A page that is closed must not end the Playground for all others. Version 0.2.28 tells each page
// what it does; while one is saying goodbye that fails, whoever loads a page meanwhile is told of an
// error, or answered twice, and the latter nobody catches: Node ends the process without a word.
// So a goodbye waits for no answer, and what still fails goes to the Playground's log.
function leaveAtOnce(socket) {
  const end = socket.end;
  socket.end = function endAndLeave(...rest) {
    end.apply(this, rest);
    this.destroySoon();
    return this;
  };
}

process.on("unhandledRejection", (reason) => console.error("Nobody caught this:", reason));

process.env.TEAMSAPPTESTER_BROWSER = "none";

process.stdin.on("end", () => process.exit(0));
process.stdin.on("error", () => process.exit(0));
process.stdin.resume();
