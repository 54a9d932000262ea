// What must not be missed is heard and shown by the browser: once for each thing, and again every
// few minutes while it is late. Of all the tabs that are open the first one does it.
(() => {
  const RUNG = "zhida rung";
  const ASKED = "zhida asked";
  const AGAIN_MS = 5 * 60_000;
  const LOOK_MS = 15_000;
  const KEPT_MS = 7 * 24 * 3600_000;
  let alarm = null;
  let speaker = null;

  // A browser lets a page be heard only after somebody has touched it.
  const touched = () => {
    speaker ??= new AudioContext();
    if (speaker.state === "suspended") speaker.resume();
  };
  addEventListener("pointerdown", touched);
  addEventListener("keydown", touched);

  function ring(pitches) {
    if (speaker?.state !== "running") return;
    pitches.forEach((pitch, n) => {
      const at = speaker.currentTime + n * 0.22;
      const [tone, volume] = [speaker.createOscillator(), speaker.createGain()];
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.2, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + 0.2);
      tone.connect(volume).connect(speaker.destination);
      tone.start(at);
      tone.stop(at + 0.2);
    });
  }

  function tell(words) {
    if (!("Notification" in window) || Notification.permission !== "granted") return;
    try {
      const shown = new Notification(document.title, { body: words, tag: "zhida", renotify: true });
      shown.onclick = () => { focus(); location.href = "/console/"; };
    } catch { /* telephones show notifications for installed pages only */ }
  }

  function rung(now) {
    try {
      const all = Object.entries(JSON.parse(localStorage.getItem(RUNG)) ?? {});
      return Object.fromEntries(all.filter(([, at]) => now - at < KEPT_MS));
    } catch {
      return {};
    }
  }

  function look() {
    if (!alarm) return;
    const now = Date.now();
    const known = rung(now);
    const due = alarm.about.filter(
      (each) => !(each in known) || (alarm.late && now - known[each] > AGAIN_MS),
    );
    if (!due.length) return;
    for (const each of due) known[each] = now;
    localStorage.setItem(RUNG, JSON.stringify(known));
    ring(alarm.late ? [880, 660, 880, 660] : [660, 880]);
    tell(alarm.words);
  }
  setInterval(look, LOOK_MS);

  // Asked once, by a button, when there is something to be told of for the first time.
  function mayAsk() {
    return "Notification" in window && Notification.permission === "default"
      && !localStorage.getItem(ASKED);
  }

  window.zhidaAlarm = (given) => {
    alarm = given;
    const button = document.querySelector(".remind");
    if (button) button.hidden = !given || !mayAsk();
    look();
  };
  window.zhidaRemind = async (button) => {
    button.hidden = true;
    localStorage.setItem(ASKED, "1");
    await Notification.requestPermission();
  };
})();
