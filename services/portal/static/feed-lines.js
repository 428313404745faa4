// Which line of the feed an alert goes to. Each has one of its own, until they come faster than anybody reads:
//
//   1. Findings of one kind (platform, rule, area, severity) beyond the third within two seconds are a burst: one
//      line whose count grows where it stands. It ends with ten seconds of quiet; what goes on for more than a
//      minute begins a new line, so that the list still tells when things happened.
//   2. Lines of different kinds are rationed. Findings that would be too many share a line for their rule.
//
// Steps of cases are never merged: each asks something of somebody. No clock and no page in here.
"use strict";

window.FeedLines = class {
  static APART = 3; // Findings of a kind that still have a line each.
  static WINDOW_MS = 2000; // Within this.
  static QUIET_MS = 10000;
  static LONGEST_MS = 60000;
  static LINES_A_SECOND = 4; // As fast as a list can move and be followed by eye.
  static RESERVE = 20; // A screenful at once is no trouble after a quiet time.
  static MOST_KINDS = 2000; // Remembered; a city has some hundreds.
  static MERGED = new Set(["FINDING", "FINDING_AMENDED"]);

  constructor() {
    this.kinds = new Map(); // By key, the least recently seen first: {latest: times, line}.
    this.wide = new Map(); // By rule and severity: the line that kinds share.
    this.left = FeedLines.RESERVE;
    this.filledMs = 0;
  }

  // The line of an alert. It is a new one if its count is 1.
  take(alert, nowMs) {
    if (!FeedLines.MERGED.has(alert.kind)) return FeedLines.line("single", alert, nowMs);
    const key = [alert.platform_id, alert.rule_id, alert.area_code, alert.severity, alert.kind].join("\n");
    const kind = this.kinds.get(key) ?? { latest: [], line: null };
    this.kinds.delete(key);
    this.kinds.set(key, kind);
    if (this.kinds.size > FeedLines.MOST_KINDS) this.kinds.delete(this.kinds.keys().next().value);

    kind.latest.push(nowMs);
    while (nowMs - kind.latest[0] > FeedLines.WINDOW_MS) kind.latest.shift();
    if (kind.latest.length > FeedLines.APART + 1) kind.latest.shift();
    const goesOn = kind.line !== null && nowMs - kind.line.touchedMs <= FeedLines.QUIET_MS;
    if (goesOn && FeedLines.open(kind.line, nowMs)) return FeedLines.join(kind.line, alert, nowMs);
    const burst = goesOn || kind.latest.length > FeedLines.APART;
    if (!this.spend(nowMs)) return this.shared(alert, nowMs);
    const line = FeedLines.line(burst ? "burst" : "single", alert, nowMs);
    kind.line = burst ? line : null;
    return line;
  }

  shared(alert, nowMs) {
    const key = `${alert.rule_id}\n${alert.severity}`;
    const line = this.wide.get(key);
    if (line && nowMs - line.touchedMs <= FeedLines.QUIET_MS && FeedLines.open(line, nowMs)) {
      return FeedLines.join(line, alert, nowMs);
    }
    const next = FeedLines.line("wide", alert, nowMs);
    this.wide.set(key, next);
    return next;
  }

  spend(nowMs) {
    const earned = ((nowMs - this.filledMs) / 1000) * FeedLines.LINES_A_SECOND;
    this.left = Math.min(FeedLines.RESERVE, this.left + earned);
    this.filledMs = nowMs;
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }

  // Whether more may join it: it has not grown old, and has not left the page.
  static open(line, nowMs) {
    return nowMs - line.startedMs <= FeedLines.LONGEST_MS && !line.gone;
  }

  static line(form, alert, nowMs) {
    return {
      form, // single, burst or wide
      alert, // the latest
      count: 1,
      startedMs: nowMs,
      touchedMs: nowMs,
      firstMs: alert.create_time_ms,
      platforms: new Set([alert.platform_id]),
      areas: new Set([alert.area_code]),
      row: null,
      gone: false,
    };
  }

  static join(line, alert, nowMs) {
    line.alert = alert;
    line.count += 1;
    line.touchedMs = nowMs;
    line.platforms.add(alert.platform_id);
    line.areas.add(alert.area_code);
    return line;
  }
};
