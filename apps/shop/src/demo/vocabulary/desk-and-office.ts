import { type Department, kind, type Voice } from './words.ts'

const input: Voice = {
  closings: [
    ['It works with every common system, without drivers.', '드라이버 없이 흔한 운영체제에서 모두 작동합니다.'],
    ['A braided cable is in the box.', '직조 케이블이 들어 있습니다.'],
    ['The box contains no plastic.', '포장에 플라스틱을 쓰지 않았습니다.'],
  ],
  praise: [
    ['Quiet enough for a shared office.', '같이 쓰는 사무실에서도 조용합니다.'],
    ['Solid, no flex, lovely colours.', '단단하고 휘지 않으며 색이 예뻐요.'],
  ],
  praiseAfterLongUse: [
    ['My wrists are happier after a week.', '일주일 만에 손목이 편해졌어요.'],
    ['Connects at once, every morning.', '매일 아침 바로 연결됩니다.'],
    ['The battery seems to last for ever.', '배터리가 끝없이 가는 것 같아요.'],
  ],
  complaints: [
    ['Takes a few days to get used to.', '익숙해지는 데 며칠 걸립니다.'],
    ['Shows fingerprints.', '지문이 잘 보여요.'],
    ['Waking up takes a second too long.', '절전에서 깨어나는 것이 조금 느립니다.'],
  ],
}

export const deskAndOffice: Department = {
  slug: 'desk-and-office',
  name: ['Desk & Office', '책상과 사무'],
  brands: [
    ['Deskwright', '데스크라이트'],
    ['Munbang', '문방'],
    ['Gridline', '그리드라인'],
    ['Quiet Hours', '콰이어트아워스'],
    ['Tastatur', '타스타투르'],
    ['Seojae', '서재'],
    ['Plumb & Level', '플럼앤레벨'],
    ['Halfday', '하프데이'],
  ],
  tags: [
    ['Work from home', '재택근무'],
    ['Ergonomic', '인체공학'],
    ['Quiet', '저소음'],
  ],
  closings: [
    ['Everything comes apart with one screwdriver.', '드라이버 하나로 모두 분해됩니다.'],
    ['The box contains no plastic.', '포장에 플라스틱을 쓰지 않았습니다.'],
    ['Made for desks that are really used.', '정말로 쓰는 책상을 위해 만들었습니다.'],
  ],
  praise: [
    ['Tidy design that does not shout at you.', '요란하지 않고 단정한 디자인입니다.'],
    ['Exactly the right amount of quiet.', '딱 알맞게 조용합니다.'],
    ['Makes working from home feel like a choice.', '집에서 일하는 것이 즐거워졌습니다.'],
  ],
  praiseAfterLongUse: [
    ['My back thanks me every evening.', '저녁마다 허리가 고마워해요.'],
    ['I use it eight hours a day without a complaint.', '하루 여덟 시간 쓰는데 불만이 없어요.'],
  ],
  complaints: [
    ['The manual is hard to follow.', '설명서를 이해하기 어려워요.'],
    ['It takes up more of the desk than I thought.', '생각보다 책상 자리를 많이 차지합니다.'],
    ['One part squeaked until I tightened it.', '조이기 전까지 한 부분이 삐걱거렸습니다.'],
    ['I would have liked a longer cable.', '케이블이 더 길었으면 합니다.'],
  ],
  families: [
    {
      picture: 'keyboard',
      voice: input,
      finish: 'colour',
      materials: [
        ['anodised aluminium', '아노다이징 알루미늄'],
        ['recycled plastic', '재생 플라스틱'],
        ['walnut and aluminium', '월넛과 알루미늄'],
      ],
      openings: [
        [
          '{A noun} in {material} with keys that sound like rain on a tent.',
          '텐트에 비 떨어지는 소리가 나는 {material} {noun}입니다.',
        ],
        ['Typing on this {noun} is a small pleasure, all day.', '이 {noun:으로/로} 치다 보면 하루가 조금 즐겁습니다.'],
      ],
      features: [
        ['Switches and caps can be swapped without soldering.', '납땜 없이 스위치와 키캡을 바꿀 수 있습니다.'],
        ['It pairs with three devices and a cable.', '세 기기와 무선으로, 하나와 유선으로 연결됩니다.'],
        ['Korean and English legends come in the box.', '한글과 영문 키캡이 함께 들어 있습니다.'],
      ],
      kinds: [
        kind('Mechanical Keyboards', 'mechanical keyboard', '기계식 키보드', 59, 249, { shapes: [0, 1] }),
        kind('Compact Keyboards', 'compact keyboard', '미니 키보드', 39, 189, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'desk-lamp',
      finish: 'colour',
      materials: [
        ['powder-coated steel', '분체 도장 스틸'],
        ['aluminium and beech', '알루미늄과 너도밤나무'],
        ['brushed aluminium', '브러시드 알루미늄'],
      ],
      openings: [
        ['{A noun} in {material} that stays where you leave it.', '놓은 자리에 그대로 멈추는 {material} {noun}입니다.'],
        [
          'Bright where you work and dark where you rest your eyes: {a noun} with a deep shade.',
          '일하는 곳은 밝히고 눈이 쉬는 곳은 가려 주는, 갓이 깊은 {noun}입니다.',
        ],
      ],
      features: [
        ['Springs carry the arm, so one finger moves it.', '스프링이 팔을 받쳐 손가락 하나로 움직입니다.'],
        ['The light goes from candle to daylight.', '촛불 색부터 햇빛 색까지 바꿀 수 있습니다.'],
        ['The head turns full circle.', '머리가 한 바퀴 돌아갑니다.'],
      ],
      kinds: [
        kind('Desk Lamps', 'desk lamp', '책상 스탠드', 29, 169, { shapes: [0, 1] }),
        kind('Architect Lamps', 'architect lamp', '제도용 스탠드', 35, 199, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'clock',
      finish: 'colour',
      materials: [
        ['spun aluminium', '알루미늄'],
        ['solid ash', '물푸레나무 원목'],
        ['ceramic', '도자기'],
      ],
      openings: [
        [
          '{A noun} in {material} with hands that glide and do not tick.',
          '초침이 소리 없이 흐르는 {material} {noun}입니다.',
        ],
        [
          'Readable from across the room, this {noun} says the time and nothing else.',
          '방 건너편에서도 읽히고 시간 말고는 아무것도 말하지 않는 {noun}입니다.',
        ],
      ],
      features: [
        ['One AA battery lasts about two years.', 'AA 건전지 하나로 2년쯤 갑니다.'],
        ['The glass is domed and free of glare.', '유리가 볼록하고 반사가 없습니다.'],
        ['It hangs from a single nail.', '못 하나면 걸 수 있습니다.'],
      ],
      kinds: [
        kind('Wall Clocks', 'wall clock', '벽시계', 25, 129, { shapes: [0, 1] }),
        kind('Desk Clocks', 'desk clock', '탁상시계', 19, 99, { shapes: [2] }),
        kind('Alarm Clocks', 'alarm clock', '알람 시계', 17, 79, { shapes: [3] }),
      ],
    },
    {
      picture: 'mouse',
      voice: input,
      finish: 'colour',
      materials: [
        ['recycled plastic', '재생 플라스틱'],
        ['soft-touch polymer', '소프트터치 소재'],
        ['anodised aluminium', '아노다이징 알루미늄'],
      ],
      openings: [
        ['{A noun} in {material}, shaped for the hand at rest.', '손이 쉬는 모양 그대로 만든 {material} {noun}입니다.'],
        [
          'The wheel of this {noun} turns freely or step by step, as you like.',
          '휠이 부드럽게도 한 칸씩도 도는 {noun}입니다.',
        ],
      ],
      features: [
        ['The buttons are quiet enough for a library.', '도서관에서도 쓸 만큼 버튼이 조용합니다.'],
        ['One charge lasts three months.', '한 번 충전하면 석 달을 씁니다.'],
        ['It glides on glass and on wood.', '유리와 나무 위에서도 잘 움직입니다.'],
      ],
      kinds: [
        kind('Wireless Mice', 'wireless mouse', '무선 마우스', 15, 99, { shapes: [0, 1] }),
        kind('Ergonomic Mice', 'ergonomic mouse', '인체공학 마우스', 25, 129, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'office-chair',
      finish: 'colour',
      materials: [
        ['breathable mesh', '통풍 메시'],
        ['wool felt', '울 펠트'],
        ['recycled knit', '재생 니트'],
      ],
      openings: [
        ['{A noun} in {material} that moves when you do.', '몸을 따라 움직이는 {material} {noun}입니다.'],
        [
          'Sit forward, lean back, turn around: this {noun} keeps up.',
          '앞으로 앉고 뒤로 기대고 돌아앉아도 따라오는 {noun}입니다.',
        ],
      ],
      features: [
        ['The lumbar support slides up and down.', '허리 받침을 위아래로 옮길 수 있습니다.'],
        ['The castors are soft and spare wooden floors.', '바퀴가 부드러워 마룻바닥이 상하지 않습니다.'],
        ['The seat height fits people from 150 to 195 cm.', '키 150cm부터 195cm까지 높이가 맞습니다.'],
      ],
      kinds: [
        kind('Office Chairs', 'office chair', '사무용 의자', 129, 699, { shapes: [0, 1] }),
        kind('Task Chairs', 'task chair', '작업 의자', 89, 399, { shapes: [2, 3] }),
      ],
    },
  ],
}
