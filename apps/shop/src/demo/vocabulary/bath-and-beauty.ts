import { type Department, kind, type Voice } from './words.ts'

const towels: Voice = {
  closings: [
    ['Wash once before the first use.', '처음 쓰기 전에 한 번 빨아 주세요.'],
    ['Woven by a mill that has done it for ninety years.', '90년 동안 수건을 짜 온 곳에서 만듭니다.'],
    ['Line drying keeps it fluffy and thrifty.', '널어 말리면 폭신하고 전기도 아낍니다.'],
  ],
  praise: [
    ['Thick, soft and dries quickly.', '도톰하고 부드럽고 빨리 마릅니다.'],
    ['Feels like a good hotel.', '좋은 호텔에 온 기분이에요.'],
    ['The colour matches my tiles exactly.', '욕실 타일과 색이 꼭 맞아요.'],
  ],
  praiseAfterLongUse: [['Still fluffy after twenty washes.', '스무 번 빨아도 폭신합니다.']],
  complaints: [
    ['It lost some fluff in the first wash.', '첫 세탁에서 보풀이 나왔어요.'],
    ['Smaller than my old ones.', '쓰던 것보다 작습니다.'],
    ['Takes a wash or two to absorb well.', '한두 번 빨아야 물을 잘 먹습니다.'],
  ],
}

export const bathAndBeauty: Department = {
  slug: 'bath-and-beauty',
  name: ['Bath & Beauty', '욕실과 뷰티'],
  brands: [
    ['Still Water', '스틸워터'],
    ['Onyou', '온유'],
    ['Marrow & Mint', '매로앤민트'],
    ['Saltgrass', '솔트그래스'],
    ['Ipsae', '잎새'],
    ['Fenn Apothecary', '펜아포테커리'],
    ['Dasom', '다솜'],
    ['Clearwell', '클리어웰'],
  ],
  tags: [
    ['Fragrance free', '무향'],
    ['Sensitive skin', '민감성 피부'],
    ['Refillable', '리필 가능'],
  ],
  closings: [
    ['It is not tested on animals.', '동물 실험을 하지 않습니다.'],
    ['Refills use a fifth of the packaging.', '리필은 포장재를 5분의 1만 씁니다.'],
    ['Suitable for sensitive skin.', '민감한 피부에도 쓸 수 있습니다.'],
    ['Made in small batches and dated by hand.', '소량씩 만들어 날짜를 손으로 적습니다.'],
  ],
  praise: [
    ['My skin has not felt this calm in years.', '몇 년 만에 피부가 이렇게 편안해요.'],
    ['The scent is gentle and gone in minutes.', '향이 은은하고 금방 사라집니다.'],
    ['A little goes a long way.', '조금만 써도 충분합니다.'],
    ['The packaging looks lovely on the shelf.', '선반에 올려 두면 참 예뻐요.'],
  ],
  complaints: [['The scent is stronger than I like.', '향이 제 취향보다 강합니다.']],
  complaintsAfterLongUse: [
    ['The pump got stuck after two weeks.', '2주 만에 펌프가 걸렸어요.'],
    ['It ran out too quickly.', '너무 빨리 다 썼습니다.'],
  ],
  families: [
    {
      picture: 'pump-bottle',
      finish: 'none',
      title: ['{brand} {noun}, {option} {size}', '{brand} {noun} {option} {size}'],
      options: [
        ['Rosemary', '로즈메리'],
        ['Neroli', '네롤리'],
        ['Hinoki', '편백'],
        ['Fig Leaf', '무화과 잎'],
        ['Mugwort', '쑥'],
        ['Oat & Chamomile', '귀리와 캐머마일'],
        ['Grapefruit', '자몽'],
        ['Bergamot', '베르가모트'],
        ['Cedar & Sage', '삼나무와 세이지'],
      ],
      sizes: [
        ['250 ml', '250ml'],
        ['300 ml', '300ml'],
        ['400 ml', '400ml'],
        ['500 ml', '500ml'],
      ],
      materials: [
        ['plant oils', '식물성 오일'],
        ['fermented rice', '발효 쌀'],
        ['sea minerals', '해양 미네랄'],
      ],
      openings: [
        [
          '{brand} {noun} with {material}, mild enough for every day.',
          '{material:을/를} 담아 매일 써도 순한 {brand} {noun}입니다.',
        ],
        [
          'Gentle and quiet, it leaves nothing behind but a trace of {option}.',
          '순하고 편안하며 {option} 향만 은은하게 남습니다.',
        ],
      ],
      features: [
        ['It is kind to sensitive skin and never dries it out.', '민감한 피부에도 순하고 당기지 않습니다.'],
        ['The bottle is recycled glass and can be refilled.', '재생 유리병이라 다시 채워 쓸 수 있습니다.'],
        ['It is free of sulphates and silicones.', '설페이트와 실리콘을 넣지 않았습니다.'],
      ],
      kinds: [
        kind('Hand Soaps', 'hand soap', '핸드 솝', 7, 35, { shapes: [0] }),
        kind('Body Lotions', 'body lotion', '보디로션', 9, 45, { shapes: [1] }),
        kind('Shampoos', 'shampoo', '샴푸', 8, 39, { shapes: [2] }),
        kind('Conditioners', 'conditioner', '린스', 8, 39, { shapes: [3] }),
      ],
    },
    {
      picture: 'jar',
      finish: 'none',
      title: ['{brand} {noun}, {option} {size}', '{brand} {noun} {option} {size}'],
      options: [
        ['Camellia', '동백'],
        ['Ceramide', '세라마이드'],
        ['Green Tea', '녹차'],
        ['Calendula', '금잔화'],
        ['Honey', '꿀'],
        ['Shea & Vanilla', '시어와 바닐라'],
        ['Rose', '장미'],
        ['Centella', '병풀'],
      ],
      sizes: [
        ['50 ml', '50ml'],
        ['100 ml', '100ml'],
        ['200 ml', '200ml'],
      ],
      materials: [
        ['cold-pressed oils', '냉압착 오일'],
        ['fermented botanicals', '발효 식물 추출물'],
        ['mineral clay', '미네랄 점토'],
      ],
      openings: [
        [
          '{brand} {noun} with {material}, rich and never greasy.',
          '{material:을/를} 담아 진하지만 번들거리지 않는 {brand} {noun}입니다.',
        ],
        [
          'A spoonful of {noun} with {option} ends the day well.',
          '{option:을/를} 담은 {noun} 한 스푼으로 하루를 잘 마무리합니다.',
        ],
      ],
      features: [
        ['It leaves skin and hair soft for the whole day.', '하루 종일 부드러움이 이어집니다.'],
        ['The jar is glass and comes with a small wooden spoon.', '유리병에 작은 나무 스푼이 함께 들어 있습니다.'],
        ['The list of ingredients is short and readable.', '성분표가 짧고 알아보기 쉽습니다.'],
      ],
      kinds: [
        kind('Face Creams', 'face cream', '얼굴 크림', 15, 89, { shapes: [0] }),
        kind('Body Butters', 'body butter', '보디버터', 12, 49, { shapes: [1] }),
        kind('Bath Salts', 'bath salt', '입욕제', 9, 39, {
          shapes: [2],
          sizes: [
            ['300 g', '300g'],
            ['500 g', '500g'],
          ],
        }),
        kind('Hair Masks', 'hair mask', '헤어 마스크', 12, 45, { shapes: [3] }),
      ],
    },
    {
      picture: 'towel',
      voice: towels,
      finish: 'colour',
      materials: [
        ['combed cotton', '코마 면'],
        ['waffle cotton', '와플 면'],
        ['linen and cotton', '리넨과 면'],
      ],
      sizes: [
        ['Set of 1', '1장'],
        ['Set of 2', '2장'],
        ['Set of 4', '4장'],
      ],
      openings: [
        ['{A noun} in {material} that drinks up water.', '물기를 쏙 빨아들이는 {material} {noun}입니다.'],
        [
          'Soft after the first wash and softer after the tenth: {a noun} in {material}.',
          '한 번 빨면 부드럽고 열 번 빨면 더 부드러운 {material} {noun}입니다.',
        ],
      ],
      features: [
        ['A loop on the long side hangs it flat.', '긴 변에 고리가 있어 펴서 걸 수 있습니다.'],
        ['It dries within a few hours.', '몇 시간이면 마릅니다.'],
        ['The border is woven and does not pucker.', '테두리를 함께 짜서 울지 않습니다.'],
      ],
      kinds: [
        kind('Bath Towels', 'bath towel', '목욕 수건', 15, 69, { shapes: [0, 1] }),
        kind('Hand Towels', 'hand towel', '핸드 타월', 7, 35, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'soap',
      finish: 'none',
      title: ['{brand} {noun}, {option} {size}', '{brand} {noun} {option} {size}'],
      options: [
        ['Goat Milk', '산양유'],
        ['Charcoal', '숯'],
        ['Rosemary', '로즈메리'],
        ['Olive', '올리브'],
        ['Lavender', '라벤더'],
        ['Mugwort', '쑥'],
        ['Tangerine', '감귤'],
        ['Red Clay', '황토'],
      ],
      sizes: [
        ['100 g', '100g'],
        ['120 g', '120g'],
        ['2 × 100 g', '100g 2개'],
      ],
      materials: [
        ['olive oil', '올리브유'],
        ['coconut oil', '코코넛유'],
        ['rice bran oil', '미강유'],
      ],
      openings: [
        ['{A noun} of {material}, cured for six weeks.', '{material:으로/로} 만들어 6주 동안 숙성한 {noun}입니다.'],
        [
          'A slow-made {noun} with {option} for hands, face and body.',
          '손과 얼굴, 몸에 두루 쓰는 {option} {noun}입니다.',
        ],
      ],
      features: [
        ['The lather is small and creamy.', '거품이 잘고 쫀쫀합니다.'],
        ['Let it dry between uses and it lasts for months.', '쓰고 나서 말려 두면 몇 달을 씁니다.'],
        ['It is wrapped in plain paper.', '종이로만 포장했습니다.'],
      ],
      kinds: [kind('Bar Soaps', 'bar soap', '비누', 4, 19)],
    },
    {
      picture: 'dropper',
      finish: 'none',
      title: ['{brand} {noun}, {option} {size}', '{brand} {noun} {option} {size}'],
      options: [
        ['Vitamin C', '비타민 C'],
        ['Rosehip', '로즈힙'],
        ['Hyaluronic', '히알루론산'],
        ['Squalane', '스쿠알란'],
        ['Camellia', '동백'],
        ['Niacinamide', '나이아신아마이드'],
        ['Ginseng', '인삼'],
        ['Centella', '병풀'],
      ],
      sizes: [
        ['15 ml', '15ml'],
        ['30 ml', '30ml'],
        ['50 ml', '50ml'],
      ],
      materials: [
        ['cold-pressed seeds', '냉압착 씨앗'],
        ['fermented extracts', '발효 추출물'],
        ['spring water', '샘물'],
      ],
      openings: [
        ['{A noun} with {option}, light enough for mornings.', '아침에도 가볍게 바르는 {option} {noun}입니다.'],
        ['Three drops of this {noun} are enough.', '세 방울이면 충분한 {noun}입니다.'],
      ],
      features: [
        ['Amber glass protects it from the light.', '갈색 유리가 빛을 막아 줍니다.'],
        ['It works well under cream and sunscreen.', '크림과 자외선 차단제 아래에 발라도 밀리지 않습니다.'],
        ['It is made from {material} and little else.', '{material} 말고는 거의 넣지 않았습니다.'],
      ],
      kinds: [
        kind('Face Serums', 'face serum', '세럼', 15, 79, { shapes: [0, 1] }),
        kind('Face Oils', 'face oil', '페이스 오일', 17, 85, { shapes: [2, 3] }),
      ],
    },
  ],
}
