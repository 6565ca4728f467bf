import { type Department, kind, type Voice } from './words.ts'

const provisions: Voice = {
  closings: [
    ['Keep it closed, cool and dark.', '밀봉해 서늘하고 어두운 곳에 두세요.'],
    ['The date of packing is written on the bag by hand.', '포장 날짜를 봉투에 손으로 적습니다.'],
    ['Order before noon and it leaves the same day.', '정오 전에 주문하면 당일 보냅니다.'],
  ],
  praise: [
    ['The whole kitchen smells wonderful when I open the bag.', '봉투를 열면 온 주방에 좋은 향이 퍼져요.'],
    ['Clean taste and not bitter at all.', '맛이 깨끗하고 전혀 쓰지 않습니다.'],
    ['Fresh, and it shows in the cup.', '신선한 것이 잔에서 느껴집니다.'],
    ['Even my father, who drinks only instant, asked for more.', '인스턴트만 드시던 아버지도 더 달라고 하셨어요.'],
  ],
  praiseAfterLongUse: [['I have subscribed since the first bag.', '첫 봉투부터 계속 주문하고 있어요.']],
  complaints: [
    ['A little too light for my taste.', '제 입맛에는 조금 연합니다.'],
    ['The bag did not close again properly.', '봉투가 다시 잘 닫히지 않았어요.'],
    ['Arrived two weeks after packing.', '포장하고 2주 뒤에 도착했습니다.'],
  ],
}

const cups: Voice = {
  closings: [
    ['It comes wrapped in paper, ready to give.', '종이로 포장해 바로 선물할 수 있습니다.'],
    [
      'Small differences between pieces are the potter’s hand.',
      '하나하나 조금씩 다른 것은 손으로 만들었기 때문입니다.',
    ],
    ['Made for mornings that start without hurry.', '서두르지 않는 아침을 위해 만들었습니다.'],
  ],
  praise: [
    ['It sits in the hand as if it had always been there.', '원래 내 것이었던 것처럼 손에 잘 맞아요.'],
    ['The glaze is even prettier in daylight.', '햇빛에서 보면 유약이 더 예쁩니다.'],
    ['Just the right size for my morning coffee.', '아침 커피에 딱 맞는 크기입니다.'],
    ['Bought one, then bought a second for the office.', '하나 사고 사무실용으로 하나 더 샀습니다.'],
  ],
  praiseAfterLongUse: [['Survived the dishwasher fifty times already.', '식기세척기에 쉰 번은 돌렸는데 멀쩡해요.']],
  complaints: [
    ['Smaller than I imagined.', '상상한 것보다 작습니다.'],
    ['The bottom scratches the table unless you use a coaster.', '받침을 깔지 않으면 바닥이 식탁을 긁어요.'],
    ['Cools down faster than my old one.', '예전 것보다 빨리 식습니다.'],
  ],
}

export const coffeeAndTea: Department = {
  slug: 'coffee-and-tea',
  name: ['Coffee & Tea', '커피와 차'],
  brands: [
    ['Slow Pour', '슬로푸어'],
    ['Halden', '할덴'],
    ['Onggi Lab', '옹기랩'],
    ['Brewline', '브루라인'],
    ['Cha & Co.', '차앤코'],
    ['Morningside', '모닝사이드'],
    ['Kettle & Kin', '케틀앤킨'],
    ['Haeon', '해온'],
  ],
  tags: [
    ['Barista tools', '바리스타 도구'],
    ['For two', '2인용'],
    ['Heat resistant', '내열'],
  ],
  closings: [
    ['A short brewing guide is in the box.', '간단한 추출 안내서가 들어 있습니다.'],
    ['Rinse with warm water and let it dry in the air.', '따뜻한 물로 헹궈 자연 건조하세요.'],
    ['Made for mornings that start without hurry.', '서두르지 않는 아침을 위해 만들었습니다.'],
    ['Spare parts are available one by one.', '부품을 하나씩 따로 살 수 있습니다.'],
  ],
  praise: [
    ['My morning coffee tastes better, honestly.', '솔직히 아침 커피가 더 맛있어졌어요.'],
    ['Pours exactly where I aim.', '원하는 곳에 정확히 따라집니다.'],
    ['Keeps warm long enough for a slow reader.', '책을 천천히 읽는 동안에도 따뜻합니다.'],
    ['It makes the kitchen counter look like a small café.', '주방 한쪽이 작은 카페 같아졌어요.'],
    ['Bought one, then bought a second for the office.', '하나 사고 사무실용으로 하나 더 샀습니다.'],
  ],
  complaints: [
    ['It drips a little after pouring.', '따르고 나면 조금씩 흘러요.'],
    ['Smaller than I imagined.', '상상한 것보다 작습니다.'],
    ['There was a faint smell during the first uses.', '처음 며칠은 냄새가 조금 났습니다.'],
    ['The lid is looser than I would like.', '뚜껑이 조금 헐거워요.'],
  ],
  families: [
    {
      picture: 'mug',
      voice: cups,
      finish: 'colour',
      materials: [
        ['stoneware', '석기'],
        ['porcelain', '백자'],
        ['enamelled steel', '법랑'],
      ],
      openings: [
        [
          '{A noun} in {material} with a handle that takes three fingers.',
          '세 손가락이 편히 들어가는 손잡이의 {material} {noun}입니다.',
        ],
        [
          'The {noun} you reach for first: {material}, rounded and warm to hold.',
          '가장 먼저 손이 가는 {noun}, 둥글고 따뜻하게 잡히는 {material:이에요/예요}.',
        ],
      ],
      features: [
        ['The rim is thin, so the coffee arrives first.', '입술이 얇아 커피 맛이 먼저 닿습니다.'],
        ['It is safe in the dishwasher and the microwave.', '식기세척기와 전자레인지에 쓸 수 있습니다.'],
        ['The unglazed foot leaves a ring of bare clay.', '굽에는 유약을 바르지 않아 흙의 색이 드러납니다.'],
        ['Thick walls keep the heat through a long call.', '벽이 도톰해 긴 통화에도 잘 식지 않습니다.'],
      ],
      sizes: [
        ['0.2 L', '0.2L'],
        ['0.3 L', '0.3L'],
        ['0.4 L', '0.4L'],
      ],
      kinds: [
        kind('Mugs', 'mug', '머그', 8, 39, {
          shapes: [0],
          materials: [
            ['stoneware', '석기'],
            ['porcelain', '백자'],
            ['speckled clay', '점박이 도토'],
          ],
        }),
        kind('Espresso Cups', 'espresso cup', '에스프레소 잔', 6, 29, {
          shapes: [1],
          sizes: [
            ['60 ml', '60ml'],
            ['80 ml', '80ml'],
          ],
          materials: [
            ['stoneware', '석기'],
            ['porcelain', '백자'],
          ],
        }),
        kind('Latte Cups', 'latte cup', '라테 잔', 9, 35, {
          shapes: [2],
          sizes: [
            ['0.3 L', '0.3L'],
            ['0.4 L', '0.4L'],
          ],
          materials: [
            ['stoneware', '석기'],
            ['porcelain', '백자'],
          ],
        }),
        kind('Enamel Mugs', 'enamel mug', '법랑 머그', 9, 29, {
          shapes: [3],
          materials: [
            ['enamelled steel', '법랑'],
            ['hand-dipped enamel', '수작업 법랑'],
          ],
        }),
      ],
    },
    {
      picture: 'kettle',
      finish: 'colour',
      sizes: [
        ['0.6 L', '0.6L'],
        ['0.9 L', '0.9L'],
        ['1.2 L', '1.2L'],
      ],
      materials: [
        ['brushed steel', '브러시드 스틸'],
        ['powder-coated steel', '분체 도장 스틸'],
        ['copper-lined steel', '구리 안감 스틸'],
      ],
      openings: [
        [
          '{A noun} in {material} for people who like to watch the water fall.',
          '떨어지는 물줄기를 바라보는 사람을 위한 {material} {noun}입니다.',
        ],
        [
          'Slow or brisk, this {noun} pours at the pace of your wrist.',
          '천천히도 빠르게도, 손목의 속도대로 따라지는 {noun}입니다.',
        ],
      ],
      features: [
        ['The spout is shaped for a thin and steady stream.', '물줄기가 가늘고 고르게 나오도록 주둥이를 다듬었습니다.'],
        ['The handle stays cool and balances the full weight.', '손잡이가 뜨겁지 않고 가득 담아도 균형이 맞습니다.'],
        ['The lid stays put to the last drop.', '마지막 한 방울까지 뚜껑이 떨어지지 않습니다.'],
        ['It boils quickly and sings quietly.', '빨리 끓고 소리는 조용합니다.'],
      ],
      kinds: [
        kind('Gooseneck Kettles', 'gooseneck kettle', '드립 주전자', 35, 149, { shapes: [0] }),
        kind('Stovetop Kettles', 'stovetop kettle', '주전자', 25, 119, { shapes: [1, 3] }),
        kind('Electric Kettles', 'electric kettle', '전기 주전자', 39, 179, { shapes: [2] }),
      ],
    },
    {
      picture: 'teapot',
      finish: 'colour',
      sizes: [
        ['0.4 L', '0.4L'],
        ['0.7 L', '0.7L'],
        ['1 L', '1L'],
      ],
      materials: [
        ['stoneware', '석기'],
        ['porcelain', '백자'],
        ['cast iron', '무쇠'],
      ],
      openings: [
        [
          '{A noun} in {material} for two unhurried cups, or four.',
          '두 잔이든 넉 잔이든 여유롭게 우리는 {material} {noun}입니다.',
        ],
        [
          'Round, low and steady, this {noun} keeps the tea company.',
          '둥글고 낮고 듬직한 {noun}, 차 곁을 오래 지킵니다.',
        ],
      ],
      features: [
        ['The strainer lifts out, so the tea never turns bitter.', '거름망을 꺼낼 수 있어 차가 써지지 않습니다.'],
        ['The spout cuts off cleanly and spares the tablecloth.', '물 끊김이 깔끔해 식탁보를 적시지 않습니다.'],
        ['The wide opening makes it easy to clean.', '입구가 넓어 씻기 쉽습니다.'],
        ['It holds its warmth for most of an hour.', '한 시간 가까이 온기를 지킵니다.'],
      ],
      kinds: [
        kind('Teapots', 'teapot', '찻주전자', 24, 119, {
          shapes: [0, 1],
          materials: [
            ['stoneware', '석기'],
            ['porcelain', '백자'],
            ['glazed clay', '유약 도기'],
          ],
        }),
        kind('Cast-Iron Teapots', 'cast-iron teapot', '무쇠 찻주전자', 35, 149, {
          shapes: [2, 3],
          materials: [
            ['sand-cast iron', '주물'],
            ['enamel-lined iron', '법랑 안감 주물'],
          ],
        }),
      ],
    },
    {
      picture: 'press',
      finish: 'colour',
      sizes: [
        ['0.35 L', '0.35L'],
        ['0.6 L', '0.6L'],
        ['1 L', '1L'],
      ],
      materials: [
        ['borosilicate glass', '내열 유리'],
        ['glass and steel', '유리와 스틸'],
        ['glass and beech', '유리와 너도밤나무'],
      ],
      openings: [
        ['{A noun} of {material} for a full-bodied cup.', '묵직한 한 잔을 위한 {material} {noun}입니다.'],
        [
          'Four minutes, one push: this {noun} asks for nothing more.',
          '4분 기다려 한 번 누르면 끝, 이 {noun:은/는} 그것으로 충분합니다.',
        ],
      ],
      features: [
        ['The double mesh keeps the grounds at the bottom.', '이중 거름망이 가루를 바닥에 붙잡아 둡니다.'],
        ['The glass lifts out for washing and can be replaced.', '유리를 빼서 씻을 수 있고 따로 교체할 수 있습니다.'],
        ['The frame protects the table from the heat.', '받침이 뜨거운 열로부터 식탁을 지켜 줍니다.'],
      ],
      kinds: [kind('French Presses', 'French press', '프렌치프레스', 19, 89)],
    },
    {
      picture: 'dripper',
      finish: 'colour',
      materials: [
        ['porcelain', '백자'],
        ['heatproof glass', '내열 유리'],
        ['stoneware', '석기'],
      ],
      openings: [
        [
          '{A noun} in {material} for one careful cup at a time.',
          '한 번에 한 잔, 정성껏 내리는 {material} {noun}입니다.',
        ],
        [
          'Spiral ribs let this {noun} breathe while the coffee blooms.',
          '나선형 골이 있어 뜸을 들이는 동안 숨 쉬는 {noun}입니다.',
        ],
      ],
      features: [
        ['It fits common paper filters of size 2.', '흔히 쓰는 2호 종이 필터가 맞습니다.'],
        ['The wide foot sits on mugs and servers alike.', '받침이 넓어 머그와 서버 어디에나 올라갑니다.'],
        ['It warms through quickly and keeps the brew hot.', '금세 데워져 추출하는 동안 온도를 지킵니다.'],
      ],
      sizes: [
        ['1–2 cups', '1~2인용'],
        ['2–4 cups', '2~4인용'],
      ],
      kinds: [
        kind('Pour-over Drippers', 'pour-over dripper', '드리퍼', 12, 59, { shapes: [0, 1] }),
        kind('Coffee Servers', 'coffee server', '커피 서버', 15, 65, {
          shapes: [2, 3],
          sizes: [
            ['0.4 L', '0.4L'],
            ['0.6 L', '0.6L'],
            ['0.8 L', '0.8L'],
          ],
          materials: [
            ['borosilicate glass', '내열 유리'],
            ['hand-blown glass', '수공 유리'],
          ],
        }),
      ],
    },
    {
      picture: 'pouch',
      voice: provisions,
      finish: 'none',
      title: ['{brand} {model} {noun}, {option} {size}', '{brand} {model} {noun} {option} {size}'],
      options: [
        ['Cocoa & Hazelnut', '코코아와 헤이즐넛'],
        ['Peach & Jasmine', '복숭아와 재스민'],
        ['Red Berries', '붉은 베리'],
        ['Brown Sugar & Fig', '흑설탕과 무화과'],
        ['Citrus & Honey', '감귤과 꿀'],
        ['Toasted Rice', '볶은 현미'],
      ],
      sizes: [
        ['200 g', '200g'],
        ['500 g', '500g'],
        ['1 kg', '1kg'],
      ],
      materials: [
        ['small lots', '소량 수확분'],
        ['a single farm', '단일 농장'],
        ['high gardens', '고지대 농원'],
      ],
      openings: [
        [
          '{brand} {noun} from {material}, packed within a day.',
          '{material}에서 골라 하루 안에 포장한 {brand} {noun}입니다.',
        ],
        ['Clean and sweet, with notes of {option}.', '{option}의 향이 나는 깨끗하고 달콤한 맛입니다.'],
      ],
      features: [
        ['The bag closes again and keeps the air out.', '봉투를 다시 닫을 수 있어 공기가 들어가지 않습니다.'],
        ['Good black, and just as good with milk.', '그대로도 좋고 우유와도 잘 어울립니다.'],
        ['Best within two months of opening.', '개봉 후 두 달 안에 드시면 가장 좋습니다.'],
        ['The growers are paid well above the market price.', '생산자에게 시장 가격보다 넉넉히 지불합니다.'],
      ],
      kinds: [
        kind('Coffee Beans', 'coffee beans', '원두', 9, 45, { shapes: [0, 1] }),
        kind('Loose-Leaf Tea', 'loose-leaf tea', '잎차', 7, 39, {
          shapes: [2, 3],
          sizes: [
            ['50 g', '50g'],
            ['100 g', '100g'],
            ['200 g', '200g'],
          ],
        }),
      ],
    },
  ],
}
