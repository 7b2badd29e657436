// A big Squid log, written line by line with rising times: ordinary clients, and one Entra Connect server that the
// proxy refuses at one endpoint.

import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const server = "192.0.2.10";
const hosts = ["www.example.com", "cdn.example.net", "mail.example.org", "news.example.com", "files.example.net"];
const calls = ["login.microsoftonline.com", "adminwebservice.microsoftonline.com", "login.windows.net"];

/** Line number `at` of the log, without its end. */
export function line(at) {
  const time = `${1_732_300_000 + Math.floor(at / 50)}.${String(at % 1000).padStart(3, "0")}`;
  if (at % 40 === 7) {
    const host = calls[(at / 40) % calls.length | 0];
    const refused = host === "adminwebservice.microsoftonline.com";
    const result = refused ? "TCP_DENIED/403" : "TCP_TUNNEL/200";
    return `${time}   ${refused ? 1 : 412} ${server} ${result} ${refused ? 3912 : 8211} CONNECT ${host}:443 - HIER_${refused ? "NONE/-" : "DIRECT/203.0.113.5"} -`;
  }
  const client = `198.51.100.${at % 250}`;
  return `${time}    ${at % 900} ${client} TCP_TUNNEL/200 ${1000 + (at % 90_000)} CONNECT ${hosts[at % hosts.length]}:443 - HIER_DIRECT/203.0.113.${at % 200} -`;
}

/** Writes a log of about so many bytes into a folder of its own. Gives its path, its number of lines, and `remove`. */
export function bigLog(bytes) {
  const folder = mkdtempSync(path.join(tmpdir(), "advisor-large-"));
  const file = path.join(folder, "access.log");
  const out = openSync(file, "w");
  let [at, written] = [0, 0];
  while (written < bytes) {
    const block = [];
    for (let more = 0; more < 20_000; more += 1) {
      block.push(line(at));
      at += 1;
    }
    written += writeSync(out, `${block.join("\n")}\n`);
  }
  closeSync(out);
  return { file, lines: at, bytes: written, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
