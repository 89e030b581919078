// The park as a picture: one mark for each enterprise, grouped by sector, drawn quarter by quarter.
// Films come as base64 of bytes, one row for each quarter; everything is drawn here, so that play
// and scrub need no server.
const RING = { inspected: "#1f2933", caught: "#b3261e", audited: "#0072b2" };
const FOOT = 38;  // pixels below a sector's marks for its title
const LEVELS = ["#c9ced3", "#0b5d4b", "#3fa58a", "#a9dacb", "#e6b8a2"];
const RAMP = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];

function bytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

function ramp(value) {
  const place = (value / 255) * (RAMP.length - 1);
  const low = Math.min(Math.floor(place), RAMP.length - 2);
  const share = place - low;
  const mixed = RAMP[low].map((one, k) => Math.round(one + share * (RAMP[low + 1][k] - one)));
  return `rgb(${mixed.join(",")})`;
}

// Pixels of a mark whose size is a byte.
function radius(spacing, size) {
  return Math.max(2.2, (spacing * 2.6 * size) / 255);
}

// A title in lines of the width there is; Chinese breaks anywhere, English at spaces.
function lines(pen, title, width) {
  const told = [""];
  for (const part of /[a-z]/i.test(title) ? title.split(/(?<= )/) : [...title]) {
    const last = told.length - 1;
    const whole = told[last] + part;
    if (!told[last] || pen.measureText(whole.trimEnd()).width <= width) told[last] = whole;
    else told.push(part);
  }
  return told;
}

export default {
  template: `
    <div class="cp-film">
      <div class="cp-films">
        <figure v-for="(film, k) in films" :key="k">
          <figcaption>{{ film.title }}</figcaption>
          <canvas :ref="'canvas' + k" role="img" :aria-label="film.title + ': ' + summary(k)"
            @click="pick($event, k)"></canvas>
          <p class="cp-note">{{ summary(k) }}</p>
        </figure>
      </div>
      <div class="cp-row" role="group" :aria-label="words.controls">
        <button class="cp-plain" @click="step(-1)" :aria-label="words.back">◀</button>
        <button class="cp-plain" @click="toggle" :aria-label="playing ? words.pause : words.play">
          {{ playing ? '❚❚' : '▶' }}</button>
        <button class="cp-plain" @click="step(1)" :aria-label="words.next">▶▏</button>
        <input type="range" min="0" :max="last" v-model.number="now" :aria-label="words.quarter"
          @input="halt" class="cp-grow">
        <output class="cp-when">{{ labels[now] }}</output>
        <label class="cp-note">{{ words.speed }}
          <select v-model.number="speed">
            <option v-for="one in [2, 5, 10, 20]" :value="one">{{ rate(one) }}</option>
          </select></label>
      </div>
    </div>`,
  props: { films: Array, labels: Array, sectors: Array, colour: String, layout: String, words: Object },
  data() {
    return { now: 0, playing: false, speed: 5, drawn: 0 };
  },
  computed: {
    last() {
      return Math.max(0, (this.labels || []).length - 1);
    },
  },
  watch: {
    now() {
      this.draw();
      if (!this.playing) this.tell();
    },
    colour() {
      this.draw();
    },
    layout() {
      for (const film of this.data) film.placed = null;
      this.draw();
    },
    films() {
      this.load();
    },
  },
  mounted() {
    this.load();
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.$el);
  },
  unmounted() {
    this.playing = false;
    this.observer.disconnect();
  },
  methods: {
    load() {
      this.data = (this.films || []).map((film) => {
        const read = {};
        for (const name of Object.keys(film.values)) read[name] = bytes(film.values[name]);
        const links = new Int32Array(bytes(film.links).buffer);
        const most = film.sector.map(() => 0);  // each one's largest size over all quarters
        read.size.forEach((one, k) => {
          most[k % most.length] = Math.max(most[k % most.length], one);
        });
        const order = most.map((_, k) => k).sort((a, b) => most[b] - most[a]);
        return { ...film, read, links, most, order };
      });
      if (this.now > this.last) this.now = this.last;
      this.drawn += 1;
      this.$nextTick(() => this.draw());
    },
    places(film, width, height) {
      const names = [...new Set(film.sector)];
      const wanted = Math.sqrt((names.length * width) / height);
      const empty = (one) => (names.length % one ? one - (names.length % one) : 0);
      const [few, many] = [Math.max(1, Math.floor(wanted)), Math.ceil(wanted)];
      const columns = empty(few) < empty(many) ? few : many;
      const rows = Math.ceil(names.length / columns);
      const size = [width / columns, height / rows];
      const seen = new Map();
      const most = Math.max(...names.map((one) => film.sector.filter((s) => s === one).length));
      const room = Math.min(size[0], size[1] - FOOT) * 0.46;
      const spacing = room / Math.sqrt(most + 1);
      const inside = (at, edge, far) => Math.max(edge, Math.min(far - edge, at));
      const marks = film.sector.map((sector, k) => {
        const cell = names.indexOf(sector);
        const count = seen.get(sector) || 0;
        seen.set(sector, count + 1);
        const far = spacing * Math.sqrt(count + 0.5);
        const angle = count * 2.399963;
        const x = (cell % columns) * size[0] + size[0] / 2 + far * Math.cos(angle);
        const y = Math.floor(cell / columns) * size[1] + (size[1] - FOOT) / 2 + far * Math.sin(angle);
        const edge = radius(spacing, film.most[k]) + 5;  // with the ring of an event, never cut
        return [inside(x, edge, width), inside(y, edge, height)];
      });
      const titles = names.map((one, cell) => [
        this.sectors[one],
        (cell % columns) * size[0] + size[0] / 2,
        Math.floor(cell / columns) * size[1] + size[1] - FOOT + 12,
      ]);
      return { marks, titles, spacing, width: size[0] - 8 };
    },
    // All on a ring, sector by sector, several rows deep where they are many.
    ring(film, width, height) {
      const order = film.sector.map((_, k) => k).sort((a, b) => film.sector[a] - film.sector[b]);
      const names = [...new Set(order.map((k) => film.sector[k]))];
      const wide = Math.max(40, Math.min(width / 2 - 108, height / 2 - 34));
      const gap = names.length > 1 ? 0.05 : 0;
      const around = 2 * Math.PI - gap * names.length;
      const deep = Math.max(1, Math.ceil((order.length * 5) / (around * wide)));
      const spacing = Math.min(22, (around * wide * deep) / order.length, wide / deep / 2);
      const [marks, titles] = [[], []];
      let seen = 0;
      names.forEach((name, cell) => {
        const own = order.filter((k) => film.sector[k] === name);
        own.forEach((k, place) => {
          const angle = gap * cell + (around * (seen + place + 0.5)) / order.length - Math.PI / 2;
          const far = wide - (place % deep) * Math.min(spacing, (wide * 0.4) / deep);
          marks[k] = [width / 2 + far * Math.cos(angle), height / 2 + far * Math.sin(angle)];
        });
        const middle = gap * cell + (around * (seen + own.length / 2)) / order.length - Math.PI / 2;
        const [x, y] = [Math.cos(middle), Math.sin(middle)];
        const align = x > 0.3 ? "left" : x < -0.3 ? "right" : "center";
        const out = wide + 14 + spacing / 3;
        titles.push([this.sectors[name], width / 2 + out * x, height / 2 + out * y + 4, align]);
        seen += own.length;
      });
      return { marks, titles, spacing: spacing * 0.42, width: 78, web: this.web(film, marks) };
    },
    web(film, marks) {
      const path = new Path2D();
      for (let k = 0; k < film.links.length; k += 2) {
        path.moveTo(...marks[film.links[k]]);
        path.lineTo(...marks[film.links[k + 1]]);
      }
      return path;
    },
    // The links are drawn once into a picture of their own, which each quarter lays under its marks.
    under(canvas, placed, ratio) {
      const sheet = document.createElement("canvas");
      [sheet.width, sheet.height] = [canvas.width, canvas.height];
      const pen = sheet.getContext("2d");
      pen.scale(ratio, ratio);
      pen.strokeStyle = "#5b6670";
      pen.globalAlpha = placed.marks.length > 1000 ? 0.06 : placed.marks.length > 150 ? 0.18 : 0.35;
      pen.lineWidth = 0.8;
      pen.stroke(placed.web);
      return sheet;
    },
    draw() {
      (this.data || []).forEach((film, k) => {
        const canvas = [this.$refs["canvas" + k]].flat()[0];
        if (canvas) this.paint(canvas, film);
      });
    },
    paint(canvas, film) {
      const width = canvas.clientWidth;
      const height = canvas.clientHeight;
      if (!width) return;
      const ratio = window.devicePixelRatio || 1;
      if (canvas.width !== width * ratio || canvas.height !== height * ratio || !film.placed) {
        canvas.width = width * ratio;
        canvas.height = height * ratio;
        const ring = this.layout === "ring";
        film.placed = ring ? this.ring(film, width, height) : this.places(film, width, height);
        film.sheet = ring ? this.under(canvas, film.placed, ratio) : null;
      }
      const pen = canvas.getContext("2d");
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, width, height);
      if (film.sheet) pen.drawImage(film.sheet, 0, 0, width, height);
      const { marks, titles, spacing } = film.placed;
      const count = marks.length;
      const at = this.now * count;
      for (const k of film.order) {  // large ones first: none hides a small one
        this.mark(pen, marks[k], radius(spacing, film.read.size[at + k]), film.read, at + k);
      }
      pen.fillStyle = "#3c464f";
      pen.strokeStyle = "#ffffff";
      pen.lineWidth = 3;
      const [letters, apart] = film.placed.width < 140 ? [11, 12] : [12, 13];
      pen.font = letters + "px system-ui, 'Noto Sans CJK SC', sans-serif";
      for (const [title, x, y, align] of titles) {
        pen.textAlign = align || "center";
        lines(pen, title, film.placed.width).forEach((text, k) => {
          pen.strokeText(text, x, y + apart * k);
          pen.fillText(text, x, y + apart * k);
        });
      }
    },
    mark(pen, [x, y], size, read, k) {
      pen.beginPath();
      pen.arc(x, y, size, 0, 2 * Math.PI);
      pen.fillStyle = this.shade(read, k);
      pen.fill();
      pen.lineWidth = 0.8;
      pen.strokeStyle = "#ffffff";
      pen.stroke();
      const event = read.caught[k] ? "caught" : read.audited[k] ? "audited"
        : read.inspected[k] ? "inspected" : "";
      if (!event) return;
      pen.beginPath();
      pen.arc(x, y, size + 2, 0, 2 * Math.PI);
      pen.lineWidth = event === "caught" ? 3 : 1.6;
      pen.setLineDash(event === "audited" ? [3, 2] : []);
      pen.strokeStyle = RING[event];
      pen.stroke();
      pen.setLineDash([]);
    },
    shade(read, k) {
      if (this.colour === "compliance") return read.violating[k] ? "#d55e00" : "#009e73";
      if (this.colour === "level") return LEVELS[read.level[k]] || LEVELS[0];
      return ramp(read[this.colour][k]);
    },
    summary(k) {
      const film = this.drawn ? this.data[k] : null;
      if (!film) return "";
      const count = film.sector.length;
      const sum = (name) => {
        let total = 0;
        for (let one = 0; one < count; one++) total += film.read[name][this.now * count + one];
        return total;
      };
      const outside = sum("violating");
      return this.words.summary
        .replace("{label}", this.labels[this.now])
        .replace("{inside}", count - outside)
        .replace("{count}", count)
        .replace("{audited}", sum("audited"))
        .replace("{inspected}", sum("inspected"))
        .replace("{caught}", sum("caught"));
    },
    rate(count) {
      return this.words.rate.replace("{count}", count);
    },
    toggle() {
      this.playing = !this.playing;
      if (this.playing) {
        if (this.now >= this.last) this.now = 0;
        this.before = this.told = performance.now();
        requestAnimationFrame(this.frame);
      } else this.tell();
    },
    frame(time) {
      if (!this.playing) return;
      if (time - this.before >= 1000 / this.speed) {
        this.before = time;
        if (this.now >= this.last) {
          this.halt();
          return;
        }
        this.now += 1;
        if (time - this.told >= 1000) this.pass(time);
      }
      requestAnimationFrame(this.frame);
    },
    halt() {
      this.playing = false;
      this.tell();
    },
    step(by) {
      this.playing = false;
      this.now = Math.min(this.last, Math.max(0, this.now + by));
      this.tell();
    },
    // While it plays, what stands below follows once a second.
    pass(time) {
      this.told = time;
      this.$emit("pass", this.now);
    },
    tell() {
      this.$emit("quarter", this.now);
    },
    pick(event, k) {
      this.playing = false;
      const film = this.data[k];
      const box = event.target.getBoundingClientRect();
      const [x, y] = [event.clientX - box.left, event.clientY - box.top];
      let best = -1;
      let near = 20 * 20;
      film.placed.marks.forEach((place, one) => {
        const far = (place[0] - x) ** 2 + (place[1] - y) ** 2;
        if (far < near) [best, near] = [one, far];
      });
      if (best >= 0) this.$emit("pick", { film: k, enterprise: best, quarter: this.now });
    },
  },
};
