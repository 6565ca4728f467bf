import { type Department, kind, type Voice } from './words.ts'

const records: Voice = {
  closings: [
    ['Cables and a dust cover are included.', '케이블과 먼지 덮개가 들어 있습니다.'],
    ['It is set up in a quarter of an hour.', '15분이면 설치가 끝납니다.'],
    ['Needles and belts are sold as spares.', '바늘과 벨트를 따로 살 수 있습니다.'],
  ],
  praise: [
    ['My old records sound alive again.', '오래된 음반이 다시 살아났어요.'],
    ['Quiet motor, steady speed.', '모터가 조용하고 속도가 일정합니다.'],
    ['A beautiful object even when it is silent.', '틀지 않아도 아름다운 물건입니다.'],
    ['Easy to set up for a first turntable.', '첫 턴테이블인데 설치가 쉬웠어요.'],
  ],
  complaints: [
    ['The built-in speakers are only for a start.', '내장 스피커는 맛보기 수준입니다.'],
    ['The arm needs a careful hand.', '톤암을 조심히 다뤄야 해요.'],
    ['The lid picks up dust.', '덮개에 먼지가 잘 붙습니다.'],
  ],
}

export const audio: Department = {
  slug: 'audio',
  name: ['Audio', '오디오'],
  brands: [
    ['Tonewell', '톤웰'],
    ['Soriwon', '소리원'],
    ['Klangform', '클랑포름'],
    ['Reverie Audio', '레버리오디오'],
    ['Aerial 9', '에어리얼나인'],
    ['Woodnote', '우드노트'],
    ['Ullim', '울림'],
    ['Nocturne', '녹턴'],
  ],
  tags: [
    ['Wireless', '무선'],
    ['Hi-fi', '하이파이'],
    ['Long battery life', '긴 사용 시간'],
  ],
  closings: [
    ['It charges over USB-C; the cable is in the box.', 'USB-C로 충전하며 케이블이 들어 있습니다.'],
    ['It works without an account and without an app.', '회원 가입도 앱도 없이 쓸 수 있습니다.'],
    ['Pads, cables and batteries are sold as spares.', '패드와 케이블, 배터리를 따로 살 수 있습니다.'],
    ['Two years of warranty are included.', '2년 동안 보증합니다.'],
  ],
  praise: [
    ['Clear voices and a bass that does not shout.', '목소리가 또렷하고 저음이 과하지 않아요.'],
    ['Set up in a minute and never dropped the connection.', '1분 만에 연결했고 끊긴 적이 없습니다.'],
    ['Sounds far bigger than it looks.', '크기보다 훨씬 넓은 소리가 납니다.'],
    ['The battery really lasts as long as they say.', '배터리가 정말 설명만큼 오래갑니다.'],
    ['I hear details in old records that I never noticed.', '오래 듣던 음반에서 처음 듣는 소리가 들려요.'],
  ],
  complaints: [
    ['The buttons feel a bit cheap.', '버튼 느낌이 조금 가볍습니다.'],
    ['The bass is thin at low volume.', '작은 음량에서는 저음이 얇아요.'],
    ['Pairing with two devices is fiddly.', '두 기기와 연결하기가 번거롭습니다.'],
    ['The cable is short.', '케이블이 짧습니다.'],
  ],
  families: [
    {
      picture: 'headphones',
      finish: 'colour',
      materials: [
        ['recycled aluminium', '재생 알루미늄'],
        ['walnut and leather', '월넛과 가죽'],
        ['soft-touch polymer', '소프트터치 소재'],
      ],
      openings: [
        ['{noun} in {material} for hours of listening.', '몇 시간을 들어도 편안한 {material} {noun}입니다.'],
        ['Open, even and unhurried: {noun} tuned by ear.', '시원하고 고르고 차분하게, 귀로 조율한 {noun}입니다.'],
      ],
      features: [
        ['The cushions are memory foam and can be replaced.', '메모리폼 쿠션은 교체할 수 있습니다.'],
        ['Noise cancelling turns a train into a library.', '소음 제거를 켜면 기차가 도서관이 됩니다.'],
        ['They fold flat and run for thirty-five hours.', '납작하게 접히고 35시간 동안 쓸 수 있습니다.'],
      ],
      kinds: [
        kind('Over-Ear Headphones', 'over-ear headphones', '헤드폰', 59, 349, { shapes: [0, 1] }),
        kind('Studio Headphones', 'studio headphones', '스튜디오 헤드폰', 79, 399, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'speaker',
      finish: 'colour',
      materials: [
        ['bamboo fibre', '대나무 섬유'],
        ['lacquered wood', '도장 목재'],
        ['woven wool', '울 직물'],
        ['recycled aluminium', '재생 알루미늄'],
      ],
      openings: [
        [
          '{A noun} in {material} that fills the room and hides in it.',
          '방을 가득 채우고 방에 스며드는 {material} {noun}입니다.',
        ],
        ['This {noun} plays low and clear, even late at night.', '늦은 밤 작은 소리로도 또렷한 {noun}입니다.'],
      ],
      features: [
        ['The front cover comes off with magnets.', '앞 덮개는 자석이라 쉽게 떼어 냅니다.'],
        ['Two of them make a stereo pair on their own.', '두 대를 두면 알아서 스테레오가 됩니다.'],
        ['One knob does everything.', '손잡이 하나로 모두 조작합니다.'],
      ],
      kinds: [
        kind('Bookshelf Speakers', 'bookshelf speaker', '북셸프 스피커', 89, 549, { shapes: [0, 1] }),
        kind('Portable Speakers', 'portable speaker', '휴대용 스피커', 29, 179, { shapes: [2] }),
        kind('Room Speakers', 'room speaker', '룸 스피커', 79, 399, { shapes: [3] }),
      ],
    },
    {
      picture: 'turntable',
      voice: records,
      finish: 'colour',
      materials: [
        ['solid birch ply', '자작 합판'],
        ['lacquered wood', '도장 목재'],
        ['walnut veneer', '월넛 무늬목'],
      ],
      openings: [
        [
          '{A noun} on a plinth of {material}, quiet and steady.',
          '{material} 받침 위에서 조용하고 안정적으로 도는 {noun}입니다.',
        ],
        [
          'Lower the arm and sit down: this {noun} does the rest.',
          '바늘을 내리고 앉으세요. 나머지는 이 {noun:이/가} 합니다.',
        ],
      ],
      features: [
        ['The belt drive keeps the motor out of the music.', '벨트 구동이라 모터 소리가 음악에 섞이지 않습니다.'],
        ['The cartridge can be upgraded later.', '카트리지를 나중에 바꿀 수 있습니다.'],
        ['The dust cover lifts off for listening.', '들을 때는 덮개를 떼어 낼 수 있습니다.'],
      ],
      kinds: [
        kind('Turntables', 'turntable', '턴테이블', 129, 599, { shapes: [0, 1] }),
        kind('Record Players', 'record player', '레코드플레이어', 79, 299, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'radio',
      finish: 'colour',
      materials: [
        ['lacquered wood', '도장 목재'],
        ['recycled plastic', '재생 플라스틱'],
        ['walnut veneer', '월넛 무늬목'],
      ],
      openings: [
        ['{A noun} in {material} for the kitchen and the news.', '주방과 아침 뉴스를 위한 {material} {noun}입니다.'],
        ['FM, digital and Bluetooth in one small {noun}.', 'FM과 디지털, 블루투스를 한데 담은 작은 {noun}입니다.'],
      ],
      features: [
        ['The dial clicks softly from station to station.', '다이얼이 방송마다 부드럽게 걸립니다.'],
        ['It remembers the volume of each morning.', '아침마다 맞춰 둔 음량을 기억합니다.'],
        ['The speaker faces up and sounds warm.', '스피커가 위를 향해 소리가 따뜻합니다.'],
      ],
      kinds: [
        kind('Tabletop Radios', 'tabletop radio', '탁상 라디오', 39, 199, { shapes: [0, 1] }),
        kind('Travel Radios', 'travel radio', '휴대용 라디오', 25, 119, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'earbuds',
      finish: 'colour',
      materials: [
        ['matte polymer', '무광 소재'],
        ['recycled plastic', '재생 플라스틱'],
        ['ceramic-coated aluminium', '세라믹 코팅 알루미늄'],
      ],
      openings: [
        [
          '{noun} with a case in {material} the size of a pebble.',
          '조약돌만 한 {material} 케이스에 담긴 {noun}입니다.',
        ],
        [
          'Small, light and clear, these are {noun} that you forget you wear.',
          '작고 가볍고 또렷해서 낀 것을 잊게 되는 {noun}입니다.',
        ],
      ],
      features: [
        ['Four sizes of tips are included.', '네 가지 크기의 팁이 들어 있습니다.'],
        ['The case holds three full charges.', '케이스로 세 번 더 충전할 수 있습니다.'],
        ['They shrug off rain and sweat.', '비와 땀에도 끄떡없습니다.'],
      ],
      kinds: [
        kind('Wireless Earbuds', 'wireless earbuds', '무선 이어폰', 29, 199, { shapes: [0, 1] }),
        kind('Sports Earbuds', 'sports earbuds', '스포츠 이어폰', 35, 179, { shapes: [2, 3] }),
      ],
    },
  ],
}
