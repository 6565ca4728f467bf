import { type Department, kind } from './words.ts'

export const furniture: Department = {
  slug: 'furniture',
  name: ['Furniture', '가구'],
  brands: [
    ['Oak & Ember', '오크앤엠버'],
    ['Hanok Modern', '한옥모던'],
    ['Lindholt', '린드홀트'],
    ['Soft Frame', '소프트프레임'],
    ['Namu Studio', '나무스튜디오'],
    ['Brixham Joinery', '브릭섬조이너리'],
    ['Forma Quieta', '포르마키에타'],
    ['Tandem House', '탠덤하우스'],
  ],
  tags: [
    ['Solid wood', '원목'],
    ['Easy assembly', '간편 조립'],
    ['Stackable', '적층 가능'],
  ],
  closings: [
    ['It arrives flat and goes together in twenty minutes.', '납작하게 포장되어 오며 20분이면 조립됩니다.'],
    ['The wood comes from forests that are replanted.', '다시 나무를 심는 숲의 목재만 씁니다.'],
    ['Felt pads for the feet are included.', '바닥 보호용 펠트가 들어 있습니다.'],
    ['Covers and legs can be replaced years later.', '몇 년 뒤에도 커버와 다리를 바꿀 수 있습니다.'],
  ],
  praise: [
    ['Sturdy, and nicer than anything at twice the price.', '튼튼하고 두 배 비싼 것보다 낫습니다.'],
    ['It made the living room look finished.', '거실이 비로소 완성된 느낌이에요.'],
    ['Assembly was clear and nothing was missing.', '조립 설명이 명확하고 빠진 부품이 없었습니다.'],
    ['Comfortable for a whole evening.', '저녁 내내 앉아 있어도 편합니다.'],
    ['The joints are tight and nothing wobbles.', '이음새가 단단하고 흔들림이 없어요.'],
  ],
  complaints: [
    ['One leg needed a bit of sanding.', '다리 하나를 조금 갈아야 했습니다.'],
    ['Delivery took longer than promised.', '배송이 안내보다 늦었습니다.'],
    ['The screws were hard to get in straight.', '나사를 똑바로 넣기 어려웠어요.'],
    ['The colour differs slightly from the picture.', '색이 사진과 조금 다릅니다.'],
  ],
  families: [
    {
      picture: 'chair',
      finish: 'colour',
      materials: [
        ['solid oak', '참나무 원목'],
        ['steam-bent beech', '곡목 너도밤나무'],
        ['ash and paper cord', '물푸레나무와 페이퍼코드'],
        ['moulded plywood', '성형 합판'],
      ],
      openings: [
        [
          '{A noun} in {material}, light enough to move with one hand.',
          '한 손으로 옮길 수 있을 만큼 가벼운 {material} {noun}입니다.',
        ],
        [
          'Good for a quick breakfast and for a dinner that runs late: {a noun} in {material}.',
          '짧은 아침에도 길어지는 저녁에도 편안한 {material} {noun}입니다.',
        ],
      ],
      features: [
        ['The back follows the spine and leaves the shoulders free.', '등받이가 허리를 따라가고 어깨는 자유롭습니다.'],
        ['The seat is wide and slightly hollowed.', '좌판이 넓고 살짝 파여 있어 편합니다.'],
        [
          'It looks good from behind, which is how chairs are mostly seen.',
          '의자는 대개 뒷모습이 보이기에 뒤에서 보아도 아름답게 만들었습니다.',
        ],
      ],
      kinds: [
        kind('Dining Chairs', 'dining chair', '식탁 의자', 59, 289, {
          shapes: [0, 1],
          materials: [
            ['solid oak', '참나무 원목'],
            ['steam-bent beech', '곡목 너도밤나무'],
            ['solid ash', '물푸레나무 원목'],
          ],
        }),
        kind('Spindle Chairs', 'spindle chair', '스핀들 의자', 69, 269, {
          shapes: [2],
          materials: [
            ['solid oak', '참나무 원목'],
            ['steam-bent beech', '곡목 너도밤나무'],
            ['solid ash', '물푸레나무 원목'],
          ],
        }),
        kind('Shell Chairs', 'shell chair', '셸 체어', 59, 249, {
          shapes: [3],
          materials: [
            ['moulded plywood', '성형 합판'],
            ['recycled plastic', '재생 플라스틱'],
          ],
        }),
      ],
    },
    {
      picture: 'armchair',
      finish: 'colour',
      materials: [
        ['wool bouclé', '울 부클레'],
        ['washed linen', '워싱 리넨'],
        ['cotton corduroy', '코듀로이'],
        ['soft velvet', '벨벳'],
      ],
      openings: [
        ['{A noun} in {material} that you sink into and stay.', '한번 앉으면 일어나기 싫은 {material} {noun}입니다.'],
        [
          'Low, deep and generous, this {noun} is made for long books.',
          '낮고 깊고 넉넉한 {noun}, 긴 책을 위해 만들었습니다.',
        ],
      ],
      features: [
        ['The frame is solid wood, glued and screwed.', '뼈대는 원목이며 접착하고 나사로 조였습니다.'],
        ['The cushions are feather over foam and keep their shape.', '쿠션은 폼 위에 깃털을 덮어 모양이 오래갑니다.'],
        ['The cover comes off for cleaning.', '커버를 벗겨 세탁할 수 있습니다.'],
      ],
      kinds: [
        kind('Armchairs', 'armchair', '암체어', 199, 799, { shapes: [0, 1] }),
        kind('Lounge Chairs', 'lounge chair', '라운지 체어', 229, 899, { shapes: [2] }),
        kind('Wing Chairs', 'wing chair', '윙 체어', 249, 899, { shapes: [3] }),
      ],
    },
    {
      picture: 'sofa',
      finish: 'colour',
      materials: [
        ['washed linen', '워싱 리넨'],
        ['wool blend', '울 혼방'],
        ['cotton corduroy', '코듀로이'],
        ['soft velvet', '벨벳'],
      ],
      openings: [
        ['{A noun} in {material} for Sunday afternoons.', '일요일 오후를 위한 {material} {noun}입니다.'],
        [
          'Slim arms leave more of this {noun} for sitting.',
          '팔걸이를 날씬하게 해서 앉는 자리가 더 넓은 {noun}입니다.',
        ],
      ],
      features: [
        ['The seat is deep enough to tuck up your feet.', '발을 올리고 앉을 만큼 좌석이 깊습니다.'],
        ['It stands on legs high enough for a vacuum cleaner.', '다리가 높아 청소기가 들어갑니다.'],
        ['All covers can be washed at 30 °C.', '모든 커버는 30도에서 세탁할 수 있습니다.'],
      ],
      kinds: [
        kind('Two-Seat Sofas', 'two-seat sofa', '2인 소파', 399, 1290, { shapes: [0, 1] }),
        kind('Three-Seat Sofas', 'three-seat sofa', '3인 소파', 599, 1890, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'table',
      finish: 'wood',
      materials: [
        ['solid wood', '원목'],
        ['oiled hardwood', '오일 마감 원목'],
        ['wood and steel', '원목과 스틸'],
      ],
      openings: [
        ['{A noun} in {material} with a rounded edge.', '모서리를 둥글린 {material} {noun}입니다.'],
        [
          'Plain and well made, this {noun} will outlive its fashion.',
          '수수하고 튼튼해서 유행보다 오래갈 {noun}입니다.',
        ],
      ],
      features: [
        ['The oil finish can be renewed at home.', '오일 마감이라 집에서 다시 손볼 수 있습니다.'],
        ['The legs screw on by hand.', '다리는 손으로 돌려 끼웁니다.'],
        ['The top is cut from boards chosen for their grain.', '결을 골라 고른 판재로 상판을 짰습니다.'],
      ],
      kinds: [
        kind('Coffee Tables', 'coffee table', '커피 테이블', 89, 459, { shapes: [0] }),
        kind('Side Tables', 'side table', '사이드 테이블', 45, 219, { shapes: [1] }),
        kind('Dining Tables', 'dining table', '식탁', 249, 1290, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'bookcase',
      finish: 'wood',
      materials: [
        ['solid wood', '원목'],
        ['veneered plywood', '무늬목 합판'],
        ['wood and steel', '원목과 스틸'],
      ],
      openings: [
        [
          '{A noun} in {material} that carries heavy books without bowing.',
          '무거운 책에도 휘지 않는 {material} {noun}입니다.',
        ],
        [
          'Open on both sides, this {noun} divides a room and keeps the light.',
          '양쪽이 트여 공간을 나누면서도 빛을 막지 않는 {noun}입니다.',
        ],
      ],
      features: [
        ['The shelves can be moved in steps of three centimetres.', '선반 높이를 3cm 간격으로 바꿀 수 있습니다.'],
        ['A wall fixing is included for homes with children.', '아이가 있는 집을 위해 벽 고정 부품을 넣었습니다.'],
        ['Two of them stand side by side as one.', '두 개를 나란히 두면 하나처럼 이어집니다.'],
      ],
      kinds: [
        kind('Bookcases', 'bookcase', '책장', 99, 589, { shapes: [0, 1] }),
        kind('Low Shelves', 'low shelf', '낮은 선반', 69, 329, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'stool',
      finish: 'colour',
      materials: [
        ['solid oak', '참나무 원목'],
        ['turned beech', '너도밤나무'],
        ['powder-coated steel', '분체 도장 스틸'],
      ],
      openings: [
        [
          '{A noun} in {material}: a seat, a step, a bedside table.',
          '앉고 딛고 침대 옆에도 두는 {material} {noun}입니다.',
        ],
        [
          'This {noun} weighs little and goes wherever guests are.',
          '가벼워서 손님이 있는 곳이면 어디든 옮겨 가는 {noun}입니다.',
        ],
      ],
      features: [
        [
          'The legs are wedged through the seat in the old way.',
          '다리를 좌판에 끼우고 쐐기를 박는 옛 방식으로 만들었습니다.',
        ],
        ['It stacks, if you buy several.', '여러 개라면 쌓아 둘 수 있습니다.'],
        ['The seat is dished by a few comfortable millimetres.', '좌판을 몇 밀리미터 오목하게 다듬었습니다.'],
      ],
      kinds: [kind('Stools', 'stool', '스툴', 29, 159)],
    },
  ],
}
