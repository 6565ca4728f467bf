import { type Department, kind, type Voice } from './words.ts'

const gear: Voice = {
  closings: [
    ['Replacement seals are sold singly.', '교체용 패킹을 낱개로 팝니다.'],
    ['Rinse with clean water after a trip to the sea.', '바다에 다녀온 뒤에는 맑은 물로 헹구세요.'],
    ['It takes dents with good humour.', '찌그러져도 씩씩하게 제 일을 합니다.'],
  ],
  praise: [
    ['Better made than I expected at this price.', '이 가격에 기대한 것보다 훨씬 잘 만들었습니다.'],
    ['Does what it promises, without fuss.', '약속한 만큼 묵묵히 해냅니다.'],
    ['Fell off a rock and only smiled.', '바위에서 떨어졌는데 멀쩡해요.'],
    ['Easy to clean and easy to carry.', '씻기도 들기도 편합니다.'],
    ['The whole family wants one now.', '이제 온 가족이 하나씩 갖고 싶어 해요.'],
  ],
  complaints: [
    ['Heavier than stated.', '표시된 것보다 무겁습니다.'],
    ['The lid needs some strength.', '뚜껑을 여는 데 힘이 듭니다.'],
    ['The coating scratched on the first trip.', '첫 여행에서 코팅이 긁혔어요.'],
  ],
}

export const outdoor: Department = {
  slug: 'outdoor',
  name: ['Outdoor', '아웃도어'],
  brands: [
    ['Trailhead', '트레일헤드'],
    ['Sanmaru', '산마루'],
    ['Ridgeline Supply', '리지라인'],
    ['Basecamp Nine', '베이스캠프나인'],
    ['Norden', '노르덴'],
    ['Baram', '바람'],
    ['Larch & Lake', '라치앤레이크'],
    ['Openfell', '오픈펠'],
  ],
  tags: [
    ['Ultralight', '초경량'],
    ['Camping', '캠핑'],
    ['Four seasons', '사계절'],
  ],
  closings: [
    ['It packs into its own sleeve.', '전용 주머니에 쏙 들어갑니다.'],
    ['A repair kit is sewn into the bag.', '수선 도구가 주머니에 들어 있습니다.'],
    ['Tested through a wet autumn in the hills.', '비 많은 가을 산에서 시험했습니다.'],
    ['Rinse with clean water after a trip to the sea.', '바다에 다녀온 뒤에는 맑은 물로 헹구세요.'],
  ],
  praise: [
    ['Two nights of rain and everything stayed dry.', '이틀 밤 비가 왔는데 모두 뽀송했습니다.'],
    ['Packs smaller than I thought possible.', '이렇게 작게 접힐 줄 몰랐어요.'],
    ['Light on the back and strong in the wind.', '메면 가볍고 바람에는 강합니다.'],
    ['The children claimed it at once.', '아이들이 바로 차지해 버렸어요.'],
  ],
  complaints: [
    ['The pegs bend in stony ground.', '돌이 많은 땅에서는 팩이 휘어집니다.'],
    ['The bag is a tight fit.', '수납 주머니가 빡빡해요.'],
    ['Heavier than stated.', '표시된 것보다 무겁습니다.'],
  ],
  families: [
    {
      picture: 'tent',
      finish: 'colour',
      materials: [
        ['ripstop nylon', '립스톱 나일론'],
        ['cotton canvas', '면 캔버스'],
        ['recycled polyester', '재생 폴리에스터'],
      ],
      openings: [
        ['{A noun} in {material} that stands in five minutes.', '5분이면 서는 {material} {noun}입니다.'],
        [
          'Roomy inside and calm in the wind, this {noun} makes a second home.',
          '안은 넉넉하고 바람에는 의연한, 두 번째 집 같은 {noun}입니다.',
        ],
      ],
      features: [
        ['Two doors mean that nobody climbs over anybody.', '문이 두 개라 서로를 넘어 다니지 않아도 됩니다.'],
        ['The fly keeps out the rain and lets out the steam.', '플라이가 비는 막고 습기는 내보냅니다.'],
        ['The poles are marked by colour.', '폴이 색으로 구분되어 있습니다.'],
      ],
      kinds: [
        kind('Two-Person Tents', 'two-person tent', '2인용 텐트', 99, 429, { shapes: [0] }),
        kind('Family Tents', 'family tent', '가족 텐트', 199, 799, { shapes: [1] }),
        kind('Tipi Tents', 'tipi tent', '티피 텐트', 149, 599, { shapes: [2] }),
        kind('Ridge Tents', 'ridge tent', 'A형 텐트', 89, 359, { shapes: [3] }),
      ],
    },
    {
      picture: 'bottle',
      voice: gear,
      finish: 'colour',
      sizes: [
        ['0.35 L', '0.35L'],
        ['0.5 L', '0.5L'],
        ['0.75 L', '0.75L'],
        ['1 L', '1L'],
      ],
      materials: [
        ['stainless steel', '스테인리스'],
        ['recycled aluminium', '재생 알루미늄'],
        ['borosilicate glass', '내열 유리'],
      ],
      openings: [
        [
          '{A noun} in {material} that keeps cold cold and hot hot.',
          '찬 것은 차게, 뜨거운 것은 뜨겁게 지켜 주는 {material} {noun}입니다.',
        ],
        [
          'It fits the cup holder, the bag and the hand: {a noun} in {material}.',
          '컵 홀더에도 가방에도 손에도 맞는 {material} {noun}입니다.',
        ],
      ],
      features: [
        ['The lid seals with half a turn and never leaks.', '반 바퀴만 돌려도 새지 않습니다.'],
        ['The coating is easy to grip with gloves.', '장갑을 껴도 미끄럽지 않은 코팅입니다.'],
        ['The mouth is wide enough for ice and for brushes.', '입구가 넓어 얼음도 솔도 들어갑니다.'],
        ['It leaves no taste of its own.', '물맛을 해치지 않습니다.'],
      ],
      kinds: [
        kind('Water Bottles', 'water bottle', '물병', 9, 39, { shapes: [0] }),
        kind('Insulated Bottles', 'insulated bottle', '보온 물병', 17, 59, { shapes: [1] }),
        kind('Vacuum Flasks', 'vacuum flask', '보온병', 19, 79, { shapes: [2] }),
        kind('Sports Bottles', 'sports bottle', '스포츠 물병', 8, 35, { shapes: [3] }),
      ],
    },
    {
      picture: 'lantern',
      voice: gear,
      finish: 'colour',
      materials: [
        ['powder-coated steel', '분체 도장 스틸'],
        ['brass and glass', '황동과 유리'],
        ['recycled aluminium', '재생 알루미늄'],
      ],
      openings: [
        [
          '{A noun} in {material} with a light like a small fire.',
          '작은 모닥불 같은 빛을 내는 {material} {noun}입니다.',
        ],
        [
          'Hang it, stand it, carry it: this {noun} goes where the evening goes.',
          '걸고 세우고 들고, 저녁이 가는 곳마다 함께 가는 {noun}입니다.',
        ],
      ],
      features: [
        ['It dims down to a night light.', '취침등만큼 어둡게 조절됩니다.'],
        ['The battery lasts a long weekend.', '배터리가 긴 주말을 버팁니다.'],
        ['It charges a phone in an emergency.', '급할 때는 휴대전화를 충전할 수 있습니다.'],
      ],
      kinds: [
        kind('Camping Lanterns', 'camping lantern', '캠핑 랜턴', 19, 99, { shapes: [0, 1] }),
        kind('Rechargeable Lanterns', 'rechargeable lantern', '충전식 랜턴', 25, 119, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'cooler',
      voice: gear,
      finish: 'colour',
      sizes: [
        ['12 L', '12L'],
        ['25 L', '25L'],
        ['45 L', '45L'],
      ],
      materials: [
        ['insulated steel', '단열 스틸'],
        ['recycled plastic', '재생 플라스틱'],
        ['quilted canvas', '누빔 캔버스'],
      ],
      openings: [
        [
          '{A noun} in {material} that keeps ice through a whole weekend.',
          '주말 내내 얼음이 녹지 않는 {material} {noun}입니다.',
        ],
        [
          'It is a seat, a table and, first of all, {a noun}.',
          '의자도 되고 탁자도 되지만 무엇보다 훌륭한 {noun}입니다.',
        ],
      ],
      features: [
        ['The lid closes with a soft click.', '뚜껑이 부드럽게 딸깍 닫힙니다.'],
        ['A drain lets the meltwater out.', '녹은 물은 배수구로 빠집니다.'],
        ['The handle folds away.', '손잡이가 접힙니다.'],
      ],
      kinds: [kind('Cool Boxes', 'cool box', '아이스박스', 35, 249)],
    },
  ],
}
