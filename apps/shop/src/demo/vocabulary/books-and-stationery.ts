import { type Department, kind, titles, type Voice } from './words.ts'

const cooking = titles(
  [
    ['The Unhurried Kitchen: {topic}', '느긋한 부엌, {topic}'],
    ['A Year of {topic}', '{topic}의 사계절'],
    ['Simply {topic}', '쉬운 {topic}'],
    ['The Little Book of {topic}', '{topic}에 관한 작은 책'],
    ['{topic} at Home', '집에서 만드는 {topic}'],
  ],
  [
    ['Bread', '빵'],
    ['Noodles', '국수'],
    ['Kimchi', '김치'],
    ['Vegetables', '채소 요리'],
    ['Broths', '국물 요리'],
    ['Preserves', '잼과 절임'],
    ['Dumplings', '만두'],
    ['Breakfast', '아침밥'],
  ],
)
const gardening = titles(
  [
    ['The {topic} Year', '{topic}의 한 해'],
    ['Notes on {topic}', '{topic} 노트'],
    ['{topic} for Beginners', '처음 시작하는 {topic}'],
    ['The Patient Gardener: {topic}', '참을성 있는 정원사, {topic}'],
  ],
  [
    ['Balcony Gardens', '베란다 정원'],
    ['Herbs', '허브'],
    ['Moss', '이끼'],
    ['Roses', '장미'],
    ['Houseplants', '집 안 식물'],
    ['Bonsai', '분재'],
    ['Wild Flowers', '들꽃'],
  ],
)
const travel = titles(
  [
    ['{topic} on Foot', '걸어서 {topic}'],
    ['Slow Days in {topic}', '{topic}에서 보낸 느린 날들'],
    ['A Field Guide to {topic}', '{topic} 안내서'],
    ['{topic} by Train', '기차로 {topic}'],
  ],
  [
    ['Seoul', '서울'],
    ['Lisbon', '리스본'],
    ['Jeju', '제주'],
    ['Kyoto', '교토'],
    ['the Alps', '알프스'],
    ['the Baltic Coast', '발트해 연안'],
    ['Busan', '부산'],
    ['Edinburgh', '에든버러'],
  ],
)
const fiction = titles(
  [
    ['The {topic}', '{topic}'],
    ['Letters to the {topic}', '{topic}에게 보내는 편지'],
    ['The Last {topic}', '마지막 {topic}'],
    ['A {topic} in Winter', '겨울의 {topic}'],
  ],
  [
    ['Lighthouse', '등대'],
    ['Piano Tuner', '피아노 조율사'],
    ['Night Ferry', '밤의 여객선'],
    ['Cartographer', '지도 제작자'],
    ['Beekeeper', '양봉가'],
    ['Glass House', '유리 집'],
    ['Station Master', '역장'],
  ],
)
const picture = titles(
  [
    ['{topic} and the Moon', '{topic}, 달을 만나다'],
    ['Good Night, {topic}', '잘 자, {topic}'],
    ['{topic} Goes to the Sea', '{topic}, 바다에 가다'],
    ['Where Is {topic}?', '{topic:은/는} 어디 있을까?'],
  ],
  [
    ['Little Bear', '꼬마 곰'],
    ['Mister Fox', '여우 아저씨'],
    ['Grandma Whale', '고래 할머니'],
    ['Small Cloud', '작은 구름'],
    ['Tiger', '호랑이'],
    ['Snail', '달팽이'],
  ],
)
const design = titles(
  [
    ['The Shape of {topic}', '{topic}의 모양'],
    ['On {topic}', '{topic}에 대하여'],
    ['{topic}: A Visual History', '그림으로 보는 {topic}의 역사'],
    ['Thinking in {topic}', '{topic:으로/로} 생각하기'],
  ],
  [
    ['Chairs', '의자'],
    ['Paper', '종이'],
    ['Colour', '색'],
    ['Letters', '글자'],
    ['Small Houses', '작은 집'],
    ['Light', '빛'],
    ['Maps', '지도'],
  ],
)
const poetry = titles(
  [
    ['{topic}', '{topic}'],
    ['{topic}, and Other Poems', '{topic} 외 시편'],
    ['Small {topic}', '작은 {topic}'],
    ['{topic} for Strangers', '낯선 이를 위한 {topic}'],
  ],
  [
    ['Weather', '날씨'],
    ['Salt', '소금'],
    ['Windows', '창문'],
    ['Persimmons', '감'],
    ['Tides', '밀물과 썰물'],
    ['Winter Light', '겨울빛'],
    ['Footnotes', '각주'],
  ],
)

const stationery: Voice = {
  closings: [
    ['Wrapped as a gift on request.', '요청하시면 선물 포장해 드립니다.'],
    ['Refills are always in stock.', '리필은 늘 준비되어 있습니다.'],
    ['Made to be used every day, not to be kept for best.', '아껴 두지 말고 매일 쓰라고 만들었습니다.'],
  ],
  praise: [
    ['Writing by hand is a pleasure again.', '손으로 쓰는 즐거움을 되찾았어요.'],
    ['No bleed-through, no smudges.', '비치지도 번지지도 않아요.'],
    ['Beautiful on the desk and good in the hand.', '책상 위에서도 손안에서도 좋습니다.'],
    ['The perfect small present.', '작은 선물로 완벽합니다.'],
  ],
  praiseAfterLongUse: [['I have filled three already.', '벌써 여러 번 다시 샀습니다.']],
  complaints: [
    ['The corner was bent on arrival.', '도착했을 때 모서리가 눌려 있었습니다.'],
    ['Pricey for what it is.', '가격이 조금 비쌉니다.'],
    ['I wish there were more colours.', '색이 더 다양하면 좋겠어요.'],
  ],
}

export const booksAndStationery: Department = {
  slug: 'books-and-stationery',
  name: ['Books & Stationery', '책과 문구'],
  brands: [
    ['Paperleaf', '페이퍼리프'],
    ['Yeobaek', '여백'],
    ['Quire Press', '콰이어프레스'],
    ['Inkling', '잉클링'],
    ['Margin House', '마진하우스'],
    ['Soran Books', '소란북스'],
    ['Folio & Fern', '폴리오앤펀'],
    ['Geul', '글'],
  ],
  tags: [
    ['Staff favourite', '직원 추천'],
    ['Illustrated', '그림 수록'],
    ['Fountain pen friendly', '만년필용'],
  ],
  closings: [
    ['Printed on paper from managed forests.', '관리된 숲의 종이에 인쇄했습니다.'],
    ['Wrapped as a gift on request.', '요청하시면 선물 포장해 드립니다.'],
    ['A pleasure to hold, open or closed.', '펼쳐도 덮어도 손에 쥐는 즐거움이 있습니다.'],
    ['Small enough for a coat pocket.', '외투 주머니에 들어가는 크기입니다.'],
  ],
  praise: [
    ['I finished it in one sitting and started again.', '앉은 자리에서 다 보고 다시 펼쳤어요.'],
    ['The paper is a delight.', '종이 질이 정말 좋습니다.'],
    ['Given as a present and kept asking for it back.', '선물했는데 자꾸 빌려 보게 됩니다.'],
    ['The binding opens flat and stays flat.', '제본이 쫙 펴지고 그대로 있습니다.'],
  ],
  complaints: [
    ['A bent corner on arrival.', '모서리가 접혀서 왔습니다.'],
    ['The print is small for my eyes.', '제 눈에는 글씨가 작아요.'],
    ['The cover marks easily.', '표지에 자국이 쉽게 남습니다.'],
    ['Thinner than I hoped.', '기대보다 얇습니다.'],
  ],
  families: [
    {
      picture: 'book',
      finish: 'none',
      title: ['{model} ({option})', '{model} ({option})'],
      options: [
        ['Hardcover', '양장'],
        ['Paperback', '무선'],
        ['Linen-Bound', '천 양장'],
        ['Illustrated Edition', '그림판'],
      ],
      materials: [
        ['thread-sewn', '실 제본'],
        ['linen-covered', '천 장정'],
        ['lay-flat', '180도 펼침'],
      ],
      openings: [
        [
          '“{model}”, published by {brand}, is the kind of {noun} that stays on the table.',
          '{brand}에서 펴낸 『{model}』, 늘 탁자 위에 두게 되는 책입니다.',
        ],
        [
          '{brand} brings out “{model}” in a {material} edition.',
          '{brand:이/가} {material:으로/로} 펴낸 『{model}』입니다.',
        ],
      ],
      features: [
        ['It can be read from the first page or from any other.', '첫 장부터 읽어도 아무 장이나 펼쳐도 좋습니다.'],
        ['The drawings were made for this edition.', '이 판을 위해 새로 그린 그림을 실었습니다.'],
        ['Short chapters suit the last half hour of the day.', '짧은 글이라 하루의 마지막 30분에 어울립니다.'],
        ['The notes at the end are a book of their own.', '책 끝의 주석만으로도 한 권의 책입니다.'],
      ],
      kinds: [
        kind('Cookbooks', 'cookbook', '요리책', 15, 45, { models: cooking }),
        kind('Garden Books', 'garden book', '원예 책', 15, 39, { models: gardening }),
        kind('Travel Guides', 'travel guide', '여행 책', 12, 35, { models: travel }),
        kind('Novels', 'novel', '소설', 9, 28, { models: fiction }),
        kind('Picture Books', 'picture book', '그림책', 10, 25, { models: picture }),
        kind('Design Books', 'design book', '디자인 책', 22, 69, { models: design }),
        kind('Poetry', 'poetry collection', '시집', 8, 24, { models: poetry }),
      ],
    },
    {
      picture: 'notebook',
      voice: stationery,
      finish: 'colour',
      sizes: [
        ['A6', 'A6'],
        ['A5', 'A5'],
        ['B5', 'B5'],
      ],
      materials: [
        ['cloth-covered board', '천 표지'],
        ['recycled leather', '재생 가죽'],
        ['heavy kraft paper', '크라프트지'],
      ],
      openings: [
        ['{A noun} in {material} that opens flat.', '쫙 펼쳐지는 {material} {noun}입니다.'],
        [
          'Good paper, plain ruling and {material}: {a noun} that asks to be filled.',
          '좋은 종이와 담백한 줄, {material}. 자꾸 쓰고 싶어지는 {noun}입니다.',
        ],
      ],
      features: [
        ['The paper takes fountain pens without feathering.', '만년필로 써도 번지지 않는 종이입니다.'],
        ['An elastic band and a ribbon keep the place.', '고무 밴드와 가름끈이 있습니다.'],
        ['A pocket inside the back cover holds tickets.', '뒤표지 안쪽 주머니에 표를 넣을 수 있습니다.'],
      ],
      kinds: [
        kind('Notebooks', 'notebook', '노트', 6, 29, { shapes: [0, 1] }),
        kind('Planners', 'planner', '다이어리', 12, 39, { shapes: [2] }),
        kind('Sketchbooks', 'sketchbook', '스케치북', 9, 35, { shapes: [3] }),
      ],
    },
    {
      picture: 'pencils',
      voice: stationery,
      finish: 'colour',
      sizes: [
        ['Set of 6', '6자루'],
        ['Set of 12', '12자루'],
        ['Set of 24', '24자루'],
      ],
      materials: [
        ['incense cedar', '삼나무'],
        ['basswood', '피나무'],
        ['recycled wood', '재생 목재'],
      ],
      openings: [
        ['{noun} in {material} that sharpen to a fine point.', '뾰족하게 잘 깎이는 {material} {noun}입니다.'],
        [
          'Smooth, even and honest: {noun} for drawing and lists.',
          '부드럽고 고르고 정직한, 그림과 메모를 위한 {noun}입니다.',
        ],
      ],
      features: [
        ['The lacquer is matte and does not slip.', '무광 도장이라 미끄러지지 않습니다.'],
        ['The cores are glued along their length and rarely break.', '심을 통째로 붙여 잘 부러지지 않습니다.'],
        ['They come in a tin with a good lid.', '뚜껑이 꼭 맞는 틴 케이스에 들어 있습니다.'],
      ],
      kinds: [
        kind('Graphite Pencils', 'graphite pencils', '연필', 6, 29, { shapes: [0, 1] }),
        kind('Colour Pencils', 'colour pencils', '색연필', 9, 59, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'pen',
      voice: stationery,
      finish: 'colour',
      materials: [
        ['brass', '황동'],
        ['turned aluminium', '알루미늄'],
        ['cotton resin', '코튼 레진'],
      ],
      openings: [
        [
          '{A noun} in {material} with a nib that needs no pressure.',
          '힘을 주지 않아도 써지는 {material} {noun}입니다.',
        ],
        [
          'Heavy enough to notice and light enough to forget: {a noun} in {material}.',
          '존재감은 있되 쓰다 보면 잊게 되는 {material} {noun}입니다.',
        ],
      ],
      features: [
        ['It takes standard refills.', '규격 리필을 쓸 수 있습니다.'],
        ['The cap closes with a quiet click.', '뚜껑이 조용히 딸깍 닫힙니다.'],
        ['The clip is sprung and does not tear pockets.', '클립에 스프링이 있어 주머니가 상하지 않습니다.'],
      ],
      kinds: [
        kind('Fountain Pens', 'fountain pen', '만년필', 19, 149, { shapes: [0, 1] }),
        kind('Ballpoint Pens', 'ballpoint pen', '볼펜', 9, 69, { shapes: [2, 3] }),
      ],
    },
  ],
}
